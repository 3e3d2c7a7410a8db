/** Makes the graph draw the random numbers that tfjs draws in JavaScript, as a function of a seed, a place in the program and the step. */
import { createRequire } from 'node:module'
import { deriveSeed } from '../../util/seeds.js'
import type { Tensor } from '../backend.js'
import { int, type } from '../ir/attributes.js'
import type { Restore } from './hooks.js'
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

/** Types of draws that the graph makes; tfjs refuses the others, or draws them in JavaScript. */
type Drawn = 'float32' | 'int32' | 'bool'

/** A call with its own seed returns the same numbers each time in tfjs; it stays a constant. */
export function hookRandom(recorder: Recorder, { seed, step }: RandomSource): Restore {
  const require = createRequire(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu'))
  const core = require('@tensorflow/tfjs-core') as Core
  const { tf } = recorder
  /** Draws of `op` in this shape. */
  const draw = (op: string, shape: readonly number[]): Tensor => {
    const own = deriveSeed(seed, String(recorder.draws++)) | 0
    const sizes = recorder.constant({ data: Int32Array.from(shape) }, { shape: [shape.length], dtype: 'int32' })
    const first = recorder.constant({ splat: own }, { shape: [], dtype: 'int32' })
    const seeds = recorder.add('Pack', { N: int(2), T: type('int32'), axis: int(0) }, [first, recorder.host('step', 'int32', step)])
    const attributes = { T: type('int32'), Tseed: type('int32'), dtype: type('float32') }
    return recorder.tensorOf(recorder.add(op, attributes, [sizes, seeds.outputs[0]!]).outputs[0]!)
  }
  /** As tfjs stores what it draws: normal draws are rounded to integers, uniform ones truncated; a bool is an integer other than 0. */
  const scaled = (op: string, shape: readonly number[], scale: number, shift: number, dtype: Drawn): Tensor =>
    tf.tidy(() => {
      const drawn = tf.add(tf.mul(draw(op, shape), scale), shift)
      if (dtype === 'float32') return drawn
      const integers = tf.cast(op === 'StatelessRandomUniform' ? drawn : tf.floor(tf.add(drawn, 0.5)), 'int32')
      return dtype === 'bool' ? tf.cast(integers, 'bool') : integers
    })
  const { randomUniform, randomNormal, randomStandardNormal, truncatedNormal, dropout } = core
  /** In the graph, unless the numbers are the same each time or tfjs refuses the call. */
  const inGraph = (shape: readonly number[], own: unknown, dtype: string, types: readonly string[]): dtype is Drawn =>
    (own === undefined || own === null) && types.includes(dtype) && shape.every(length => Number.isInteger(length) && length >= 0)
  const normalTypes = ['float32', 'int32']
  /** tfjs takes 0 for no seed where it draws from a normal distribution. */
  const seedOf = (own: number | undefined) => (own === 0 ? undefined : own)
  const uniform: Core['randomUniform'] = (shape, low = 0, high = 1, dtype = 'float32', own) =>
    inGraph(shape, own, dtype, [...normalTypes, 'bool'])
      ? scaled('StatelessRandomUniform', shape, high - low, low, dtype)
      : unmarked(recorder, own, () => randomUniform(shape, low, high, dtype, own))
  return recorder.hook<Core>(core, {
    randomUniform: uniform,
    randomNormal: (shape, mean = 0, deviation = 1, dtype, own) =>
      inGraph(shape, seedOf(own), dtype ?? 'float32', normalTypes)
        ? scaled('StatelessRandomNormal', shape, deviation, mean, (dtype ?? 'float32') as Drawn)
        : unmarked(recorder, seedOf(own), () => randomNormal(shape, mean, deviation, dtype, own)),
    randomStandardNormal: (shape, dtype, own) =>
      inGraph(shape, seedOf(own), dtype ?? 'float32', normalTypes)
        ? scaled('StatelessRandomNormal', shape, 1, 0, (dtype ?? 'float32') as Drawn)
        : unmarked(recorder, seedOf(own), () => randomStandardNormal(shape, dtype, own)),
    truncatedNormal: (shape, mean = 0, deviation = 1, dtype, own) =>
      inGraph(shape, seedOf(own), dtype ?? 'float32', normalTypes)
        ? scaled('StatelessTruncatedNormal', shape, deviation, mean, (dtype ?? 'float32') as Drawn)
        : unmarked(recorder, seedOf(own), () => truncatedNormal(shape, mean, deviation, dtype, own)),
    dropout: (x, rate, noiseShape, own) => {
      if (!(rate > 0 && rate < 1) || !(x instanceof tf.Tensor) || x.dtype !== 'float32') return dropout(x, rate, noiseShape, own)
      const keep = 1 - rate
      const shape = noiseShape && noiseShape.length !== x.rank ? noiseShape : x.shape.map((length, i) => noiseShape?.[i] ?? length)
      return tf.tidy(() => tf.mul(x, tf.div(tf.floor(tf.add(uniform(shape, 0, 1, 'float32', own), keep)), keep)))
    },
  })
}

/** Numbers drawn with a given seed are the same each time, so they may be constants. */
function unmarked<T>(recorder: Recorder, own: unknown, draw: () => T): T {
  if (own === undefined || own === null) return draw()
  const before = new Set(recorder.drawn.keys())
  const drawn = draw()
  for (const dataId of recorder.drawn.keys()) if (!before.has(dataId)) recorder.drawn.delete(dataId)
  return drawn
}
