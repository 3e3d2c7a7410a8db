/** Initial weights: pure functions of the seed and the weight's path. */
import { sizeOf } from '../../util/nd-array.js'
import { deriveSeed, normalAt, uint32At } from '../../util/seeds.js'
import type { InitializerSpec } from '../plan/layer-spec.js'
import type { Initializer, Tensor, Tf } from '../tf-types.js'

/** How many inputs an output depends on, and how many outputs an input affects. */
export interface Fans {
  readonly in: number
  readonly out: number
}

/** Those of a kernel with these window axes that joins so many channels of its input to so many of its output. */
export function fansOf(window: readonly number[], channelsIn: number, channelsOut: number): Fans {
  return { in: sizeOf(window) * channelsIn, out: sizeOf(window) * channelsOut }
}

/**
 * Glorot's uniform distribution (Glorot and Bengio 2010) in ±√(6 / (fan in + fan out)).
 *
 * @param shape a kernel's shape: window axes, channels in, channels out
 */
export function glorotUniform(
  shape: readonly number[],
  seed: number,
  fans = fansOf(shape.slice(0, -2), shape.at(-2)!, shape.at(-1)!),
): Float32Array {
  return uniform(shape, seed, Math.sqrt(6 / (fans.in + fans.out)))
}

/** Values within ±limit. */
function uniform(shape: readonly number[], seed: number, limit: number): Float32Array {
  const scale = (2 * limit) / 2 ** 32
  const values = new Float32Array(sizeOf(shape))
  for (let i = 0; i < values.length; i++) values[i] = uint32At(seed, i) * scale - limit
  return values
}

function normal(shape: readonly number[], seed: number, deviation: number): Float32Array {
  const values = new Float32Array(sizeOf(shape))
  for (let i = 0; i < values.length; i++) values[i] = normalAt(seed, i) * deviation
  return values
}

/** A normal distribution without what is more than two deviations away: such values are drawn again. */
function truncatedNormal(shape: readonly number[], seed: number, deviation: number): Float32Array {
  const values = new Float32Array(sizeOf(shape))
  for (let i = 0; i < values.length; i++) {
    let value = normalAt(seed, i)
    for (let place = i + values.length; Math.abs(value) > 2; place += values.length) value = normalAt(seed, place)
    values[i] = value * deviation
  }
  return values
}

/**
 * The initial values of a kernel. `he_normal` and `he_uniform` (He and others 2015) have the variance 2 / fan in, `truncated_normal` ends
 * at two of its `stddev`.
 */
export function drawWeights(spec: InitializerSpec, shape: readonly number[], seed: number, fans: Fans): Float32Array {
  switch (spec.type) {
    case 'glorot_uniform':
      return glorotUniform(shape, seed, fans)
    case 'he_uniform':
      return uniform(shape, seed, Math.sqrt(6 / fans.in))
    case 'he_normal':
      return normal(shape, seed, Math.sqrt(2 / fans.in))
    case 'truncated_normal':
      return truncatedNormal(shape, seed, spec.stddev)
  }
}

/** tfjs's initializer of this name. */
export function stockInitializer({ initializers }: Tf, spec: InitializerSpec): Initializer {
  switch (spec.type) {
    case 'glorot_uniform':
      return initializers.glorotUniform({})
    case 'he_uniform':
      return initializers.heUniform({})
    case 'he_normal':
      return initializers.heNormal({})
    case 'truncated_normal':
      return initializers.truncatedNormal({ stddev: spec.stddev })
  }
}

/** tfjs's initializer with the values above; it is saved as tfjs's own. */
export function seededInitializer(tf: Tf, spec: InitializerSpec, seed: number, path: string, fans: Fans): Initializer {
  const initializer = stockInitializer(tf, spec)
  initializer.apply = shape => tf.tensor(drawWeights(spec, shape as number[], deriveSeed(seed, path), fans), shape as number[]) as Tensor
  return initializer
}
