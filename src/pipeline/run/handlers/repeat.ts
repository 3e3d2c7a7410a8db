import { fail } from '../../../errors/index.js'
import type { Handler } from '../actions/handler.js'
import { evaluate } from '../values/evaluate.js'

const work: Handler['batch'] = async ({ times }, scope, perform) => {
  const count = evaluate(times, scope)
  if (!Number.isSafeInteger(count) || (count as number) < 0) {
    fail('wrong-value', { name: 'times of repeat', seen: String(count), allowed: 'a whole number from 0' })
  }
  for (let round = 0; round < (count as number); round++) await perform('actions', round)
}

/** Arguments are evaluated in every round anew; 0 rounds do nothing. */
export const repeat: Handler = { batch: work, once: work }
