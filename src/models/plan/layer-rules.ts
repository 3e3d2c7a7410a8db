/** One rule per layer type: its output shape and weights, from its inputs' shapes. Shapes exclude the batch axis. */
import { fail } from '../../errors/index.js'
import type { LayerSpec, LayerType, SpecOf, WeightSpec } from './layer-spec.js'

export type Shape = readonly number[]

interface LayerRule<T extends LayerType> {
  readonly shape: (spec: SpecOf<T>, inputs: readonly Shape[]) => Shape
  readonly weights?: (spec: SpecOf<T>, inputs: readonly Shape[]) => readonly WeightSpec[]
}

const trained = (name: string, shape: Shape): WeightSpec => ({ name, shape, trainable: true })
const kept = (name: string, shape: Shape): WeightSpec => ({ name, shape, trainable: false })
const same = (_: unknown, [input]: readonly Shape[]) => input!
const channelsOf = (shape: Shape) => shape.at(-1)!
const product = (shape: Shape) => shape.reduce((size, n) => size * n, 1)

function windowed(input: Shape, size: Shape, strides: Shape, padding: 'same' | 'valid', dilation: Shape = []): number[] {
  return input.slice(0, -1).map((length, axis) => {
    const reach = (size[axis]! - 1) * (dilation[axis] ?? 1) + 1
    return Math.ceil((padding === 'same' ? length : length - reach + 1) / strides[axis]!)
  })
}

const rules: { readonly [T in LayerType]: LayerRule<T> } = {
  input: { shape: same },
  conv: {
    shape: (spec, [input]) => [...windowed(input!, spec.kernelSize, spec.strides, spec.padding, spec.dilationRate), spec.filters],
    weights: (spec, [input]) => [
      trained('kernel', [...spec.kernelSize, channelsOf(input!), spec.filters]),
      ...(spec.useBias ? [trained('bias', [spec.filters])] : []),
    ],
  },
  norm: {
    shape: same,
    weights: (_, [input]) => {
      const shape = [channelsOf(input!)]
      return [trained('gamma', shape), trained('beta', shape), kept('moving_mean', shape), kept('moving_variance', shape)]
    },
  },
  activation: { shape: same },
  pool: { shape: (spec, [input]) => [...windowed(input!, spec.poolSize, spec.strides, spec.padding), channelsOf(input!)] },
  globalPool: { shape: (_, [input]) => [channelsOf(input!)] },
  flatten: { shape: (_, [input]) => [product(input!)] },
  dense: {
    shape: (spec, [input]) => [...input!.slice(0, -1), spec.units],
    weights: (spec, [input]) => [
      trained('kernel', [channelsOf(input!), spec.units]),
      ...(spec.useBias ? [trained('bias', [spec.units])] : []),
    ],
  },
  dropout: { shape: same },
  add: { shape: same },
  concat: { shape: (_, inputs) => [...inputs[0]!.slice(0, -1), inputs.reduce((sum, input) => sum + channelsOf(input), 0)] },
  reshape: { shape: spec => spec.shape },
  multiply: { shape: same },
}

/** The output shape of a layer. */
export function inferShape(spec: LayerSpec, inputs: readonly Shape[]): Shape {
  return (rules[spec.type] as LayerRule<LayerType>).shape(spec as never, inputs)
}

/** The weights of a layer, in tfjs's order. */
export function inferWeights(spec: LayerSpec, inputs: readonly Shape[]): readonly WeightSpec[] {
  return (rules[spec.type] as LayerRule<LayerType>).weights?.(spec as never, inputs) ?? []
}

/** A problem with the config that appears only when shapes are known. */
export function failShape(path: string, what: string, allowed?: string): never {
  return fail('model-config', { model: 'this model', problems: [{ path: [path], what, allowed }] })
}
