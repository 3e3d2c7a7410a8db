/** Dropout whose mask is a function of a seed and the step. */
import { runsOperations } from '../../graph/backend.js'
import type { Tensor, Tf } from '../tf-types.js'
import { type Clock, drawUniform, seedOfStep } from './stateless-draws.js'

/**
 * Drops a fraction `rate` of the values and divides the others by `1 - rate` (Srivastava and others, 2014; as `tf.dropout`).
 * Differentiable in `x`. Draws are equal if seed, step, microbatch and shape are, on each TensorFlow device.
 *
 * @example
 * const y = dropInTraining(tf, x, 0.4, deriveSeed(seed, 'head/dropout'), { step: 0 })
 */
export function dropInTraining(tf: Tf, x: Tensor, rate: number, seed: number, clock: Clock): Tensor {
  if (rate === 0) return tf.clone(x)
  if (!runsOperations(tf.backend())) return tf.dropout(x, rate, undefined, seedOfStep(seed, clock))
  const keep = 1 - rate
  const uniform = drawUniform(tf, x.shape, seed, clock)
  return tf.mul(x, tf.div(tf.floor(tf.add(uniform, keep)), keep))
}
