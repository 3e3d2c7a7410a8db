import { deriveSeed, uniformAt } from '../../../util/seeds.js'
import { flowActions } from '../../description/actions/flow.js'
import { SkipBatch, StopPipeline } from '../actions/control.js'
import { type Handler, handle } from '../actions/handler.js'
import { isTruthy } from '../values/condition.js'
import { evaluate } from '../values/evaluate.js'

const { if: branch, repeat, sometimes, skipBatch, stopPipeline } = flowActions

export const flowHandlers = {
  if: handle(branch, ['batch', 'once'], ({ condition }, scope, perform) => perform(isTruthy(evaluate(condition, scope)) ? 'then' : 'else')),

  // Arguments are evaluated anew in every round; 0 rounds do nothing.
  repeat: handle(repeat, ['batch', 'once'], async ({ times }, _scope, perform) => {
    for (let round = 0; round < times; round++) await perform('actions', round)
  }),

  sometimes: handle(sometimes, ['batch', 'once'], async ({ probability }, scope, perform) => {
    if (uniformAt(deriveSeed(scope.seed, 'sometimes'), 0) < probability) await perform('actions')
  }),

  skipBatch: handle(skipBatch, ['batch'], () => {
    throw new SkipBatch()
  }),

  stopPipeline: handle(stopPipeline, ['batch'], () => {
    throw new StopPipeline()
  }),
} satisfies Record<keyof typeof flowActions, Handler>
