/** Convolutions for tests: a node of each kind, and names for shapes. */
import { ints, string, type } from '../../../src/graph/ir/attributes.js'
import type { Graph, Value } from '../../../src/graph/ir/graph.js'
import { marginsOf } from '../../../src/graph/ir/shapes.js'
import type { Kind } from '../../../src/graph/passes/convolutions/convolution.js'
import { type Sketch, sketch } from './support.js'

/** Images N×H×W×C, a window and what else there is to a convolution. `multiplier` makes it depthwise. */
export interface Shapes {
  readonly images: readonly [number, number, number, number]
  readonly window: readonly [number, number]
  readonly out?: number
  readonly multiplier?: number
  readonly strides?: readonly [number, number]
  readonly padding?: 'SAME' | 'VALID' | readonly [number, number, number, number]
}

export const kinds: readonly Kind[] = ['forward', 'input', 'filter']

/** A graph of one convolution of this kind. */
export function convolutionGraph(kind: Kind, shapes: Shapes): Graph {
  return sketch(s => draw(s, kind, shapes))
}

function draw(s: Sketch, kind: Kind, shapes: Shapes): Value {
  const { images, window, out = 0, multiplier, strides = [1, 1], padding = 'SAME' } = shapes
  const explicit = typeof padding === 'string' ? undefined : padding
  const attributes = {
    T: type('float32'),
    strides: ints([1, ...strides, 1]),
    padding: string(explicit ? 'EXPLICIT' : (padding as string)),
    ...(explicit ? { explicit_paddings: ints([0, 0, ...explicit, 0, 0]) } : {}),
    data_format: string('NHWC'),
  }
  const op = multiplier === undefined ? 'Conv2D' : 'DepthwiseConv2dNative'
  const filter = [...window, images[3], multiplier ?? out]
  const spatial = window.map(
    (length, i) =>
      marginsOf(images[i + 1]!, length, strides[i]!, explicit ? 'EXPLICIT' : (padding as string), explicit?.slice(2 * i, 2 * i + 2)).out,
  )
  const result = [images[0], ...spatial, multiplier === undefined ? out : images[3] * multiplier]
  const input = (name: string, shape: readonly number[]) => s.input(name, shape)
  const gradient = multiplier === undefined ? 'Conv2DBackprop' : 'DepthwiseConv2dNativeBackprop'
  if (kind === 'forward') return s.value(op, attributes, [input('x', images), input('f', filter)])
  if (kind === 'input') return s.value(`${gradient}Input`, attributes, [s.list(...images), input('f', filter), input('y', result)])
  return s.value(`${gradient}Filter`, attributes, [input('x', images), s.list(...filter), input('y', result)])
}
