/** Initial weights: pure functions of the seed and the weight's path. */
import { sizeOf } from '../../util/nd-array.js'
import { deriveSeed, uint32At } from '../../util/seeds.js'
import type { Tensor, Tf } from '../tf-types.js'

/**
 * Glorot's uniform distribution (Glorot and Bengio 2010) in ±√(6 / (fan in + fan out)).
 *
 * @param shape a kernel's shape: window axes, channels in, channels out
 */
export function glorotUniform(shape: readonly number[], seed: number): Float32Array {
  const window = sizeOf(shape.slice(0, -2))
  const limit = Math.sqrt(6 / (window * (shape.at(-2)! + shape.at(-1)!)))
  const scale = (2 * limit) / 2 ** 32
  const values = new Float32Array(sizeOf(shape))
  for (let i = 0; i < values.length; i++) values[i] = uint32At(seed, i) * scale - limit
  return values
}

/** tfjs's `glorotUniform` with the values above; it is saved as tfjs's own. */
export function glorotInitializer(tf: Tf, seed: number, path: string): ReturnType<Tf['initializers']['glorotUniform']> {
  const initializer = tf.initializers.glorotUniform({})
  initializer.apply = shape => tf.tensor(glorotUniform(shape as number[], deriveSeed(seed, path)), shape as number[]) as Tensor
  return initializer
}
