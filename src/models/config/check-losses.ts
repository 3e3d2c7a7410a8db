/** What is wrong with the losses of a config, beside other keys and the outputs that they compare. */
import { createLoss, type LossChoice } from '../losses/index.js'
import type { ConfigProblem } from '../model-types.js'

/** Keys that losses depend on. */
interface Beside {
  readonly predictions?: unknown
  readonly microbatch_size?: unknown
}

/** The first problem of losses that are added up, or undefined. `outputs`: how many the network has, where that is known. */
export function findLossProblem(terms: readonly LossChoice[], beside: Beside, outputs?: number | null): ConfigProblem | undefined {
  for (const term of terms) {
    const { name, on, isOfWholeBatch } = createLoss(term)
    if (on === 'predictions' && beside.predictions === 'labels')
      return { path: ['predictions'], what: `labels have no gradient for the loss ${name}`, allowed: 'proba, sigmoid, null' }
    if (isOfWholeBatch && typeof beside.microbatch_size === 'number') {
      const what = `the loss ${name} is a ratio over the whole batch, not the mean of those of its parts`
      return {
        path: ['microbatch_size'],
        what,
        allowed: 'null',
        fix: 'Omit microbatch_size, or take a loss that is a mean: ce, focal.',
      }
    }
    const given = 'weights' in term ? term.weights?.length : undefined
    if (given !== undefined && typeof outputs === 'number' && given !== outputs)
      return { path: ['loss'], what: `${given} weights of ${name} for ${outputs} classes`, allowed: `a list of ${outputs}` }
  }
  return undefined
}
