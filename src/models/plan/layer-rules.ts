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
const stretched = (_: unknown, inputs: readonly Shape[]) => inputs[0]!.map((_, axis) => Math.max(...inputs.map(input => input[axis]!)))
const channelsOf = (shape: Shape) => shape.at(-1)!
const scaleAndShift = (shape: Shape) => [trained('gamma', [channelsOf(shape)]), trained('beta', [channelsOf(shape)])]
const tokenCount = ({ classToken }: SpecOf<'tokens'>, shape: Shape) => product(shape.slice(0, -1)) + (classToken ? 1 : 0)
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
      trained('kernel', [...spec.kernelSize, channelsOf(input!) / spec.groups, spec.filters]),
      ...(spec.useBias ? [trained('bias', [spec.filters])] : []),
    ],
  },
  depthwise: {
    shape: (spec, [input]) => [
      ...windowed(input!, spec.kernelSize, spec.strides, spec.padding, spec.dilationRate),
      channelsOf(input!) * spec.depthMultiplier,
    ],
    weights: (spec, [input]) => [
      trained('depthwise_kernel', [...spec.kernelSize, channelsOf(input!), spec.depthMultiplier]),
      ...(spec.useBias ? [trained('bias', [channelsOf(input!) * spec.depthMultiplier])] : []),
    ],
  },
  transposed: {
    shape: (spec, [input]) => [
      ...input!.slice(0, -1).map((length, axis) => {
        const [size, stride] = [spec.kernelSize[axis]!, spec.strides[axis]!]
        return spec.padding === 'same' ? length * stride : (length - 1) * stride + Math.max(size, stride)
      }),
      spec.filters,
    ],
    weights: (spec, [input]) => [
      trained('kernel', [...spec.kernelSize, spec.filters, channelsOf(input!)]),
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
  layerNorm: { shape: same, weights: (_, [input]) => scaleAndShift(input!) },
  groupNorm: { shape: same, weights: (_, [input]) => scaleAndShift(input!) },
  activation: { shape: same },
  prelu: { shape: same, weights: (_, [input]) => [trained('alpha', [...input!.slice(0, -1).map(() => 1), channelsOf(input!)])] },
  pool: { shape: (spec, [input]) => [...windowed(input!, spec.poolSize, spec.strides, spec.padding), channelsOf(input!)] },
  adaptivePool: { shape: (spec, [input]) => [...spec.size, channelsOf(input!)] },
  globalPool: { shape: (_, [input]) => [channelsOf(input!)] },
  channelPool: { shape: (_, [input]) => [...input!.slice(0, -1), 1] },
  channelConv: { shape: same, weights: spec => [trained('kernel', [spec.kernelSize])] },
  flatten: { shape: (_, [input]) => [product(input!)] },
  dense: {
    shape: (spec, [input]) => [...input!.slice(0, -1), spec.units],
    weights: (spec, [input]) => [
      trained('kernel', [channelsOf(input!), spec.units]),
      ...(spec.useBias ? [trained('bias', [spec.units])] : []),
    ],
  },
  dropout: { shape: same },
  dropPath: { shape: same },
  layerScale: { shape: same, weights: (spec, [input]) => [trained('gamma', [spec.shared ? 1 : channelsOf(input!)])] },
  scaleBy: { shape: same },
  tokens: {
    shape: (spec, [input]) => [tokenCount(spec, input!), channelsOf(input!)],
    weights: (spec, [input]) => [
      ...(spec.classToken ? [trained('class_token', [channelsOf(input!)])] : []),
      ...(spec.position === 'learned' ? [trained('positions', [tokenCount(spec, input!), channelsOf(input!)])] : []),
    ],
  },
  token: { shape: (_, [input]) => [channelsOf(input!)] },
  attention: {
    shape: (_, [input]) => [...input!.slice(0, -1), channelsOf(input!) / 3],
    weights: (spec, [input]) => {
      if (spec.position === 'none') return []
      const width = channelsOf(input!) / 3 / spec.heads
      return input!.slice(0, -1).map((length, axis) => trained(`relative_${axis}`, [2 * length - 1, width]))
    },
  },
  linearAttention: { shape: (_, [, , values]) => values! },
  pad: { shape: (spec, [input]) => [...spec.padding.map(([before, after], axis) => input![axis]! + before + after), channelsOf(input!)] },
  padChannels: { shape: (spec, [input]) => [...input!.slice(0, -1), spec.channels] },
  crop: { shape: (spec, [input]) => [...spec.size, channelsOf(input!)] },
  upsample: { shape: (spec, [input]) => [...spec.size, channelsOf(input!)] },
  depthToSpace: {
    shape: (spec, [input]) => {
      const positions = input!.slice(0, -1)
      return [...positions.map(length => length * spec.factor), channelsOf(input!) / spec.factor ** positions.length]
    },
  },
  gaussian: { shape: same },
  add: { shape: stretched },
  concat: { shape: (_, inputs) => [...inputs[0]!.slice(0, -1), inputs.reduce((sum, input) => sum + channelsOf(input), 0)] },
  reshape: { shape: spec => spec.shape },
  multiply: { shape: stretched },
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
