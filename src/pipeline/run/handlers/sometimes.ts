import { fail } from '../../../errors/index.js'
import { deriveSeed, uniformAt } from '../../../util/seeds.js'
import type { Handler } from '../actions/handler.js'
import { evaluate } from '../values/evaluate.js'

const work: Handler['batch'] = async ({ probability }, scope, perform) => {
  const chance = evaluate(probability, scope)
  if (typeof chance !== 'number' || !(chance >= 0 && chance <= 1)) {
    fail('wrong-value', { name: 'probability of sometimes', seen: String(chance), allowed: 'a number from 0 to 1' })
  }
  if (uniformAt(deriveSeed(scope.seed, 'sometimes'), 0) < (chance as number)) await perform('actions')
}

export const sometimes: Handler = { batch: work, once: work }
