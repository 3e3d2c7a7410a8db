/**
 * Dropout whose mask is a function of a seed and the step: drawn by TensorFlow's kernel if the backend runs TensorFlow's operations,
 * otherwise by tfjs in JavaScript.
 */
import { type NodeBackend, runsOperations, toRawAttributes } from '../../graph/backend.js'
import { type } from '../../graph/ir/attributes.js'
import { deriveSeed, uint32At } from '../../util/seeds.js'
import type { Tensor, Tf } from '../tf-types.js'

/** What the draws of a network's random layers depend on. */
export interface Clock {
  /** Steps done. */
  step: number
  /** The same as an int32 scalar, which replaces the number while present: functions traced then draw anew in each run. */
  tensor?: Tensor | undefined
  /** The part of the batch being computed. Default: 0. */
  microbatch?: number
}

/**
 * Drops a fraction `rate` of the values and divides the others by `1 - rate` (Srivastava and others, 2014; as `tf.dropout`).
 * Differentiable in `x`. Draws are equal if seed, step, microbatch and shape are, on each TensorFlow device.
 *
 * @example
 * const y = dropInTraining(tf, x, 0.4, deriveSeed(seed, 'head/dropout'), { step: 0 })
 */
export function dropInTraining(tf: Tf, x: Tensor, rate: number, seed: number, clock: Clock): Tensor {
  if (rate === 0) return tf.clone(x)
  const backend: unknown = tf.backend()
  const { step, microbatch = 0 } = clock
  if (!runsOperations(backend)) return tf.dropout(x, rate, undefined, deriveSeed(seed, step, ...(microbatch > 0 ? [microbatch] : [])))
  const keep = 1 - rate
  const uniform = drawUniform(tf, backend, x.shape, uint32At(seed, microbatch) | 0, clock)
  return tf.mul(x, tf.div(tf.floor(tf.add(uniform, keep)), keep))
}

/** Numbers in [0, 1) by the counter-based generator Philox, from two 32-bit words. */
function drawUniform(tf: Tf, backend: NodeBackend, shape: readonly number[], seed: number, { step, tensor }: Clock): Tensor {
  const words = tensor ? tf.stack([tf.scalar(seed, 'int32'), tensor]) : tf.tensor1d([seed, step], 'int32')
  const attributes = toRawAttributes(backend.binding, { T: type('int32'), Tseed: type('int32'), dtype: type('float32') })
  return backend.executeSingleOutput('StatelessRandomUniform', attributes, [tf.tensor1d([...shape], 'int32'), words])
}
