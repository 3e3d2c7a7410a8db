/** What a layer cannot take, found before anything is built: numbers of axes that TensorFlow.js has no layer for, sizes that do not divide. */
import { failShape, type Shape } from './layer-rules.js'
import type { LayerSpec, LayerType, SpecOf } from './layer-spec.js'

/** The number of axes of positions that a layer takes, from and to. */
type Axes = readonly [number, number]
const any: Axes = [0, Infinity]

const isPlain = ({ groups = 1, dilationRate }: { readonly groups?: number; readonly dilationRate: readonly number[] }) =>
  groups === 1 && dilationRate.every(rate => rate === 1)

const axes: { readonly [T in LayerType]: Axes | ((spec: SpecOf<T>) => Axes) } = {
  input: any,
  conv: spec => [1, isPlain(spec) ? 3 : 2],
  depthwise: [1, 2],
  transposed: [1, 2],
  norm: any,
  layerNorm: any,
  groupNorm: any,
  activation: any,
  prelu: any,
  pool: [1, 3],
  adaptivePool: [1, 3],
  globalPool: [1, 2],
  channelPool: any,
  channelConv: [0, 0],
  flatten: any,
  dense: any,
  dropout: any,
  dropPath: any,
  layerScale: any,
  scaleBy: any,
  tokens: [1, Infinity],
  token: [1, 1],
  attention: [1, 3],
  linearAttention: [1, 3],
  pad: [1, 3],
  padChannels: any,
  crop: [1, 3],
  upsample: [1, 2],
  depthToSpace: [1, 2],
  gaussian: any,
  add: any,
  concat: any,
  reshape: any,
  multiply: any,
}

/** Every type of layer. */
export const layerTypes = Object.keys(axes) as LayerType[]

type Sizes<T extends LayerType> = (spec: SpecOf<T>, channels: number, input: Shape) => string | undefined

const divides = (number: number, channels: number, what: string) =>
  channels % number === 0 ? undefined : `${channels} channels cannot be divided into ${number} ${what}`

const sizes: { readonly [T in LayerType]?: Sizes<T> } = {
  conv: ({ groups, filters }, channels) =>
    divides(groups, channels, 'groups') ??
    (filters % groups === 0 ? undefined : `${filters} filters cannot be divided into ${groups} groups`),
  depthwise: ({ strides }) =>
    new Set(strides).size === 1
      ? undefined
      : `strides of a depthwise convolution are the same along all axes, not ${strides.join(' and ')}`,
  groupNorm: ({ groups }, channels) => divides(groups, channels, 'groups'),
  attention: ({ heads }, channels) => divides(3 * heads, channels, `parts: queries, keys and values of ${heads} heads`),
  depthToSpace: ({ factor }, channels, input) => divides(factor ** (input.length - 1), channels, 'new positions'),
  crop: ({ size }, _, input) =>
    size.every((length, axis) => length <= input[axis]!)
      ? undefined
      : `a crop to [${size.join(', ')}] of the smaller [${input.join(', ')}]`,
  padChannels: ({ channels }, present) => (channels >= present ? undefined : `${present} channels cannot be padded to ${channels}`),
  token: ({ index }, _, [count]) => (index < count! ? undefined : `token ${index} of ${count}`),
}

/** @throws MillraceError `model-config` if a layer cannot take such inputs */
export function checkLimits(spec: LayerSpec, path: string, inputs: readonly Shape[]): void {
  const [input] = inputs
  if (!input) return
  const limits = axes[spec.type] as Axes | ((spec: LayerSpec) => Axes)
  const [from, to] = typeof limits === 'function' ? limits(spec) : limits
  const count = input.length - 1
  if (count < from || count > to) {
    const allowed = from === to ? `${from}` : to === Infinity ? `at least ${from}` : `${from} to ${to}`
    const what = `this ${describe(spec)} cannot take the shape [${input.join(', ')}]`
    failShape(path, what, to === 0 ? 'channels alone' : `${allowed} ${allowed.endsWith('1') ? 'axis' : 'axes'}, then the channels`)
  }
  const check = sizes[spec.type] as Sizes<LayerType> | undefined
  const problem = check?.(spec as never, input.at(-1)!, input)
  if (problem !== undefined) failShape(path, problem)
}

const names: { readonly [T in LayerType]?: string } = {
  conv: 'convolution with groups or dilation',
  depthwise: 'depthwise convolution',
  transposed: 'transposed convolution',
  pool: 'pooling',
  adaptivePool: 'adaptive pooling',
  globalPool: 'global pooling',
  channelConv: 'convolution along channels',
  pad: 'padding',
  upsample: 'upsampling',
  depthToSpace: 'subpixel upsampling',
}

function describe(spec: LayerSpec): string {
  return spec.type === 'conv' && isPlain(spec) ? 'convolution' : (names[spec.type] ?? spec.type)
}
