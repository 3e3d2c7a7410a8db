/** Gradients of depthwise convolutions with wide windows. */
import { attribute, attributeOr, string } from '../../ir/attributes.js'
import type { Node, Value } from '../../ir/graph.js'
import type { Builder } from '../../ir/rewrite.js'
import { marginsOf } from '../../ir/shapes.js'
import { concat, integers, pad, slice } from './operations.js'

/** The widest window for which oneDNN has a fast kernel. */
const WIDTH = 3

/**
 * The gradient by the filter of a depthwise convolution, computed for at most three columns of the window at a time; undefined for any other
 * node and for narrower windows. Takes 0.4–0.5 of the time for 5×5 windows (MobileNetV3, EfficientNet), 0.2–0.5 for 7×7 (ConvNeXt), where
 * the gradient by the filter is most of the time of all three kernels.
 */
export function narrowFilterGradient(node: Node, b: Builder): Value | undefined {
  if (node.op !== 'DepthwiseConv2dNativeBackpropFilter') return undefined
  const [x, , dy] = node.inputs as readonly [Value, Value, Value]
  const [height, width, channels, multiplier] = node.outputs[0]!.shape as readonly [number, number, number, number]
  if (width <= WIDTH || multiplier !== 1 || !isPlain(node) || [...x.shape, ...dy.shape].includes(0)) return undefined
  const { explicit_paddings: explicit, ...attributes } = node.attributes
  const strides = attribute(node, 'strides', 'ints')
  const margins = [height, width].map((window, i): [number, number] => {
    const given = explicit?.kind === 'ints' ? explicit.value.slice(2 * i + 2, 2 * i + 4) : undefined
    const { before, after } = marginsOf(x.shape[i + 1]!, window, strides[i + 1]!, attribute(node, 'padding', 'string'), given)
    return [before, after]
  })
  const padded = pad(b, x, [[0, 0], ...margins, [0, 0]])
  const [batch, rows] = padded.shape as readonly [number, number]
  const valid = { ...attributes, padding: string('VALID') }
  const parts = columnsOf(width).map(({ start, count }) => {
    const reached = slice(b, padded, [0, 0, start, 0], [batch, rows, (dy.shape[2]! - 1) * strides[2]! + count, channels])
    return b.value(node.op, valid, [reached, integers(b, [height, count, channels, 1]), dy])
  })
  return concat(b, parts, 1)
}

const isPlain = (node: Node) =>
  node.outputs[0]!.dtype === 'float32' &&
  attributeOr(node, 'data_format', 'string', 'NHWC') === 'NHWC' &&
  attributeOr(node, 'dilations', 'ints', []).every(dilation => dilation === 1)

/** Columns of a window in parts of about the same size. */
function columnsOf(width: number): { readonly start: number; readonly count: number }[] {
  const count = Math.ceil(width / WIDTH)
  const edges = Array.from({ length: count + 1 }, (_, i) => Math.round((i * width) / count))
  return Array.from({ length: count }, (_, i) => ({ start: edges[i]!, count: edges[i + 1]! - edges[i]! }))
}
