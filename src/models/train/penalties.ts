/** What a network adds to its loss, computed from values of its layers. */
import type { PenaltySpec } from '../plan/plan.js'
import type { Tensor, Tf } from '../tf-types.js'

/** A scalar. */
export function penaltyOf(tf: Tf, { type, weight }: PenaltySpec, [mean, logVariance]: readonly Tensor[]): Tensor {
  switch (type) {
    case 'kl': {
      // −½ Σ (1 + log σ² − μ² − σ²) for each item (Kingma and Welling 2013, appendix B)
      const each = tf.sub(tf.add(tf.square(mean!), tf.exp(logVariance!)), tf.add(logVariance!, 1))
      const perItem = tf.sum(tf.reshape(each, [each.shape[0]!, -1]), 1)
      return tf.mul(tf.mean(perItem), weight / 2)
    }
    default:
      return type satisfies never
  }
}
