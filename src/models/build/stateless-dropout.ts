/**
 * Dropout whose mask is a function of a seed and the step: drawn by TensorFlow's kernel where the backend runs TensorFlow's operations,
 * by tfjs in JavaScript elsewhere.
 */
import { deriveSeed, uint32At } from '../../util/seeds.js'
import type { Tensor, Tf } from '../tf-types.js'
import type { Clock } from './own-layers.js'

/** A backend that runs TensorFlow operations by name. */
interface OpRunner {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_FLOAT: number; readonly TF_INT32: number }
  executeSingleOutput(name: string, attributes: readonly object[], inputs: readonly Tensor[]): Tensor
}

function runsOps(backend: unknown): backend is OpRunner {
  return typeof (backend as Partial<OpRunner>)?.executeSingleOutput === 'function'
}

/**
 * Leaves out a share `rate` of the values and divides the others by `1 - rate` (Srivastava and others, 2014; as `tf.dropout`).
 * Differentiable in `x`. Draws are equal where seed, step, microbatch and shape are, on each TensorFlow device.
 *
 * @example
 * const y = dropInTraining(tf, x, 0.4, deriveSeed(seed, 'head/dropout'), { step: 0 })
 */
export function dropInTraining(tf: Tf, x: Tensor, rate: number, seed: number, clock: Clock): Tensor {
  if (rate === 0) return tf.clone(x)
  const backend: unknown = tf.backend()
  const { step, microbatch = 0 } = clock
  if (!runsOps(backend)) return tf.dropout(x, rate, undefined, deriveSeed(seed, step, ...(microbatch > 0 ? [microbatch] : [])))
  const keep = 1 - rate
  const uniform = drawUniform(tf, backend, x.shape, uint32At(seed, microbatch) | 0, clock)
  return tf.mul(x, tf.div(tf.floor(tf.add(uniform, keep)), keep))
}

/** Numbers in [0, 1) by the counter-based generator Philox, from two 32-bit words. */
function drawUniform(tf: Tf, backend: OpRunner, shape: readonly number[], seed: number, { step, tensor }: Clock): Tensor {
  const { TF_ATTR_TYPE: type, TF_FLOAT, TF_INT32 } = backend.binding
  const words = tensor ? tf.stack([tf.scalar(seed, 'int32'), tensor]) : tf.tensor1d([seed, step], 'int32')
  const attributes = [
    { name: 'T', type, value: TF_INT32 },
    { name: 'Tseed', type, value: TF_INT32 },
    { name: 'dtype', type, value: TF_FLOAT },
  ]
  return backend.executeSingleOutput('StatelessRandomUniform', attributes, [tf.tensor1d([...shape], 'int32'), words])
}
