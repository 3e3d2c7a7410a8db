/**
 * Random numbers that are functions of a seed and the step: drawn by TensorFlow's kernels if the backend runs TensorFlow's operations,
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
 * The clock of a network, which its layers hold in a field. Fields of layers are part of a compiled step: those of plain objects by their
 * values, which each step would outdate; those of a class by identity.
 */
export class NetworkClock implements Clock {
  step = 0
  declare tensor?: Tensor | undefined
  declare microbatch?: number
}

/** The seed of a draw in JavaScript. */
export function seedOfStep(seed: number, { step, microbatch = 0 }: Clock): number {
  return deriveSeed(seed, step, ...(microbatch > 0 ? [microbatch] : []))
}

/** Numbers in [0, 1). Draws are equal if seed, step, microbatch and shape are, on each TensorFlow device. */
export function drawUniform(tf: Tf, shape: readonly number[], seed: number, clock: Clock): Tensor {
  const backend: unknown = tf.backend()
  if (runsOperations(backend)) return draw(tf, backend, 'StatelessRandomUniform', shape, seed, clock)
  return tf.randomUniform([...shape], 0, 1, 'float32', seedOfStep(seed, clock))
}

/** Numbers of the standard normal distribution. Draws are equal if seed, step, microbatch and shape are. */
export function drawNormal(tf: Tf, shape: readonly number[], seed: number, clock: Clock): Tensor {
  const backend: unknown = tf.backend()
  if (runsOperations(backend)) return draw(tf, backend, 'StatelessRandomNormal', shape, seed, clock)
  return tf.randomNormal([...shape], 0, 1, 'float32', seedOfStep(seed, clock))
}

/** By the counter-based generator Philox, from two 32-bit words. */
function draw(tf: Tf, backend: NodeBackend, op: string, shape: readonly number[], seed: number, clock: Clock): Tensor {
  const { step, tensor, microbatch = 0 } = clock
  const word = uint32At(seed, microbatch) | 0
  const words = tensor ? tf.stack([tf.scalar(word, 'int32'), tensor]) : tf.tensor1d([word, step], 'int32')
  const attributes = toRawAttributes(backend.binding, { T: type('int32'), Tseed: type('int32'), dtype: type('float32') })
  return backend.executeSingleOutput(op, attributes, [tf.tensor1d([...shape], 'int32'), words])
}
