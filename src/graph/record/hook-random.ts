/** Makes the graph draw the random numbers that tfjs draws in JavaScript, as a function of a seed, a place in the program and the step. */
import { createRequire } from 'node:module'
import { deriveSeed } from '../../util/seeds.js'
import type { Tensor } from '../backend.js'
import { type } from '../ir/attributes.js'
import type { Value } from '../ir/graph.js'
import { type Restore, replaceMethods } from './hooks.js'
import type { Recorder } from './recorder.js'

/** tfjs-core as other packages see it: a table of functions that other packages look up at each call. */
interface Core {
  randomUniform(shape: number[], low?: number, high?: number, dtype?: string, seed?: number): Tensor
  randomNormal(shape: number[], mean?: number, deviation?: number, dtype?: string, seed?: number): Tensor
  randomStandardNormal(shape: number[], dtype?: string, seed?: number): Tensor
  truncatedNormal(shape: number[], mean?: number, deviation?: number, dtype?: string, seed?: number): Tensor
  dropout(x: Tensor, rate: number, noiseShape?: number[], seed?: number): Tensor
}

export interface RandomSource {
  /** Default: 0. */
  readonly seed: number
  /** The number of runs so far: draws differ per step. */
  readonly step: () => number
}

/** A call with its own seed returns the same numbers each time in tfjs; it stays a constant. */
export function hookRandom(recorder: Recorder, { seed, step }: RandomSource): Restore {
  const require = createRequire(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu'))
  const core = require('@tensorflow/tfjs-core') as Core
  const { tf } = recorder
  /** Draws of `op` in this shape. */
  const draw = (op: string, shape: readonly number[]): Tensor => {
    const own = deriveSeed(seed, String(recorder.draws++)) | 0
    const sizes = tf.tensor1d([...shape], 'int32')
    const seeds = tf.stack([tf.scalar(own, 'int32'), recorder.host('step', 'int32', step) as never])
    const inputs: Value[] = [recorder.valueOf(sizes), recorder.valueOf(seeds)]
    const attributes = { T: type('int32'), Tseed: type('int32'), dtype: type('float32') }
    return recorder.tensorOf(recorder.add(op, attributes, inputs).outputs[0]!)
  }
  const scaled = (drawn: Tensor, scale: number, shift: number, dtype = 'float32') =>
    tf.cast(tf.add(tf.mul(drawn, scale), shift), dtype as 'float32')
  const { randomUniform, randomNormal, randomStandardNormal, truncatedNormal, dropout } = core
  const uniform: Core['randomUniform'] = (shape, low = 0, high = 1, dtype, own) =>
    own === undefined
      ? scaled(draw('StatelessRandomUniform', shape), high - low, low, dtype)
      : unmarked(recorder, () => randomUniform(shape, low, high, dtype, own))
  return replaceMethods(core, {
    randomUniform: uniform,
    randomNormal: (shape, mean = 0, deviation = 1, dtype, own) =>
      own === undefined
        ? scaled(draw('StatelessRandomNormal', shape), deviation, mean, dtype)
        : unmarked(recorder, () => randomNormal(shape, mean, deviation, dtype, own)),
    randomStandardNormal: (shape, dtype, own) =>
      own === undefined
        ? scaled(draw('StatelessRandomNormal', shape), 1, 0, dtype)
        : unmarked(recorder, () => randomStandardNormal(shape, dtype, own)),
    truncatedNormal: (shape, mean = 0, deviation = 1, dtype, own) =>
      own === undefined
        ? scaled(draw('StatelessTruncatedNormal', shape), deviation, mean, dtype)
        : unmarked(recorder, () => truncatedNormal(shape, mean, deviation, dtype, own)),
    dropout: (x, rate, noiseShape, own) => {
      if (!(rate > 0 && rate < 1)) return dropout(x, rate, noiseShape, own)
      const keep = 1 - rate
      const shape = x.shape.map((length, i) => noiseShape?.[i] ?? length)
      const mask = tf.floor(tf.add(uniform(shape, 0, 1, 'float32', own ?? undefined), keep))
      return tf.mul(x, tf.div(mask, keep))
    },
  })
}

/** Numbers drawn with a given seed are the same each time, so they may be constants. */
function unmarked<T>(recorder: Recorder, draw: () => T): T {
  const before = new Set(recorder.drawn.keys())
  const drawn = draw()
  for (const dataId of recorder.drawn.keys()) if (!before.has(dataId)) recorder.drawn.delete(dataId)
  return drawn
}
