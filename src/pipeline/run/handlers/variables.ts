import { variableActions } from '../../description/actions/variables.js'
import { type Handler, handle } from '../actions/handler.js'
import { save } from '../saving/save.js'
import { copyKept } from '../values/copy-kept.js'
import { evaluate } from '../values/evaluate.js'

const { initVariable, update } = variableActions

export const variableHandlers = {
  // A first value is a copy: saving into it never changes the user's array or the next run.
  initVariable: {
    ...handle(initVariable, ['start'], ({ name, default: value, initOnEachRun }, scope) => {
      // A start that follows a reset of the models leaves the variables unchanged.
      if (scope.session.variables.has(name)) return
      scope.session.variables.set(name, copyKept(evaluate(initOnEachRun ?? value, scope)))
    }),
    ...handle(initVariable, ['eachRun'], ({ name, initOnEachRun }, scope) => {
      if (initOnEachRun !== undefined) scope.session.variables.set(name, copyKept(evaluate(initOnEachRun, scope)))
    }),
  },

  update: handle(update, ['batch', 'once'], ({ dst, value, mode }, scope) => save(dst, evaluate(value, scope), mode, scope)),
} satisfies Record<keyof typeof variableActions, Handler>
