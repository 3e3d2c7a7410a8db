/** A loss that a program passes itself, as a function. */
import { fail } from '../../errors/index.js'
import { live } from '../../options/index.js'
import { describeKind } from '../../util/describe-value.js'
import type { Scalar, Tensor, Tf } from '../tf-types.js'
import type { Loss } from './loss.js'

/**
 * The loss of a batch, as a scalar: of the targets, one-hot where they are classes, and what the config's `predictions` makes of the
 * network's output (by default nothing: logits). `counts` is 1 where a target counts and 0 where the config ignores it, and broadcasts to
 * the targets; undefined if all count. With `microbatch_size`, the losses of the parts of a batch are averaged by their numbers of items.
 */
export type LossFunction = (targets: Tensor, predictions: Tensor, tf: Tf, counts?: Tensor) => Tensor

/** A loss as a config may pass it from a program. */
export const lossFunction = live<LossFunction>('a function (targets, predictions, tf) => scalar', value => typeof value === 'function')

/** A function as a loss. */
export function ownLoss(loss: LossFunction): Loss {
  return {
    name: `function ${loss.name}`.trimEnd(),
    weight: 1,
    on: 'predictions',
    comparesClasses: false,
    isOfWholeBatch: false,
    compute: (targets, outputs, { tf, counts }) => {
      const value = loss(targets, outputs, tf, counts)
      const isTensor = value instanceof tf.Tensor
      if (isTensor && value.rank === 0) return value as Scalar
      const seen = isTensor ? `a tensor of the shape [${value.shape}]` : describeKind(value)
      return fail('loss-not-scalar', { loss: loss.name, seen })
    },
    mass: () => undefined,
  }
}
