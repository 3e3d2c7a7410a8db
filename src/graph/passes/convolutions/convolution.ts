/** A convolution's node in one form for its three kinds, and where which taps of the filter meet the image. */
import { attribute, attributeOr } from '../../ir/attributes.js'
import type { Node, Shape, Value } from '../../ir/graph.js'
import { marginsOf } from '../../ir/shapes.js'

/** A convolution itself, or its gradient by the images or by the filter. */
export type Kind = 'forward' | 'input' | 'filter'

/** A convolution of NHWC images, whichever of the three kinds is computed. */
export interface Convolution {
  readonly kind: Kind
  readonly batch: number
  /** Height and width of the images, the results and the filter. */
  readonly input: readonly [number, number]
  readonly output: readonly [number, number]
  readonly window: readonly [number, number]
  readonly strides: readonly [number, number]
  /** The number of rows and columns of zeros before the images. */
  readonly before: readonly [number, number]
  readonly inChannels: number
  readonly outChannels: number
}

const kinds: Readonly<Record<string, Kind>> = { Conv2D: 'forward', Conv2DBackpropInput: 'input', Conv2DBackpropFilter: 'filter' }

/** The convolution a node is; undefined for any other node, for NCHW, dilations, groups of channels, types other than float32 and empty operands. */
export function readConvolution(node: Node): Convolution | undefined {
  const kind = Object.hasOwn(kinds, node.op) ? kinds[node.op] : undefined
  if (!kind || node.outputs[0]!.dtype !== 'float32' || attributeOr(node, 'data_format', 'string', 'NHWC') !== 'NHWC') return undefined
  if (attributeOr(node, 'dilations', 'ints', []).some(dilation => dilation !== 1)) return undefined
  const [x, filter, y] = shapesOf(node, kind)
  if ([...x, ...filter, ...y].includes(0) || x[3] !== filter[2]) return undefined
  const strides = attribute(node, 'strides', 'ints').slice(1, 3) as [number, number]
  return {
    kind,
    batch: x[0]!,
    input: [x[1]!, x[2]!],
    output: [y[1]!, y[2]!],
    window: [filter[0]!, filter[1]!],
    strides,
    before: [marginBefore(node, 0, x, filter), marginBefore(node, 1, x, filter)],
    inChannels: x[3]!,
    outChannels: y[3]!,
  }
}

/** The operands except the one that only carries a shape: images and filter, filter and gradient, or images and gradient. */
export function operandsOf({ inputs }: Node, { kind }: Convolution): readonly [Value, Value] {
  return kind === 'forward' ? [inputs[0]!, inputs[1]!] : kind === 'input' ? [inputs[1]!, inputs[2]!] : [inputs[0]!, inputs[2]!]
}

function shapesOf({ inputs, outputs }: Node, kind: Kind): readonly [Shape, Shape, Shape] {
  const result = outputs[0]!.shape
  if (kind === 'forward') return [inputs[0]!.shape, inputs[1]!.shape, result]
  return kind === 'input' ? [result, inputs[1]!.shape, inputs[2]!.shape] : [inputs[0]!.shape, result, inputs[2]!.shape]
}

function marginBefore(node: Node, axis: 0 | 1, x: Shape, filter: Shape): number {
  const explicit = attributeOr(node, 'explicit_paddings', 'ints', []).slice(2 * axis + 2, 2 * axis + 4)
  const stride = attribute(node, 'strides', 'ints')[axis + 1]!
  return marginsOf(x[axis + 1]!, filter[axis]!, stride, attribute(node, 'padding', 'string'), explicit).before
}

export const inputShape = ({ batch, input, inChannels }: Convolution): Shape => [batch, ...input, inChannels]
export const outputShape = ({ batch, output, outChannels }: Convolution): Shape => [batch, ...output, outChannels]
export const filterShape = ({ window, inChannels, outChannels }: Convolution): Shape => [...window, inChannels, outChannels]

/** Along one axis: the taps of an output position that meet the image, and where the first does. */
export interface Meeting {
  readonly tap: number
  readonly input: number
  readonly count: number
}

/** Along one axis: where each output position meets the image. */
export function meetings({ input, output, window, strides, before }: Convolution, axis: 0 | 1): Meeting[] {
  return Array.from({ length: output[axis] }, (_, position) => {
    const start = position * strides[axis] - before[axis]
    const tap = Math.max(0, -start)
    return { tap, input: start + tap, count: Math.min(window[axis], input[axis] - start) - tap }
  })
}

/** An output position's part of the image and of the filter: two rectangles of the same size. */
export interface Patch {
  readonly position: readonly [number, number]
  readonly tap: readonly [number, number]
  readonly input: readonly [number, number]
  readonly size: readonly [number, number]
}

/** The patches of all output positions, row by row. */
export function patchesOf(convolution: Convolution): Patch[] {
  const columns = meetings(convolution, 1)
  return meetings(convolution, 0).flatMap((row, i) =>
    columns.map((column, j) => ({
      position: [i, j] as const,
      tap: [row.tap, column.tap] as const,
      input: [row.input, column.input] as const,
      size: [row.count, column.count] as const,
    })),
  )
}

/** Along one axis: the output positions at which a tap meets the image, and the first pixel that it meets. */
export interface Run {
  readonly output: number
  readonly input: number
  readonly count: number
}

/** Along one axis: the run of each tap, of length 0 for one that only meets the padding. */
export function runs({ input, output, window, strides, before }: Convolution, axis: 0 | 1): Run[] {
  const stride = strides[axis]
  return Array.from({ length: window[axis] }, (_, tap) => {
    const start = tap - before[axis]
    const first = Math.max(0, Math.ceil(-start / stride))
    const last = Math.min(output[axis] - 1, Math.floor((input[axis] - 1 - start) / stride))
    return { output: first, input: first * stride + start, count: Math.max(0, last - first + 1) }
  })
}

/** The number of pairs of an input and an output position with a tap between them. */
export function livePairs(convolution: Convolution): number {
  const along = (axis: 0 | 1) => runs(convolution, axis).reduce((sum, { count }) => sum + count, 0)
  return along(0) * along(1)
}

/** The number of positions of a result. */
export const positionsOf = ({ output }: Convolution): number => output[0] * output[1]
