/** Computes convolutions by matrix products where those are faster. */
import { elementsOf } from '../ir/attributes.js'
import type { Graph, Node, Value } from '../ir/graph.js'
import { type Builder, rewrite } from '../ir/rewrite.js'
import type { Tensorflow } from '../tensorflow.js'
import { measure } from '../tune/measure.js'
import { chooseWay, type Way } from '../tune/tuner.js'
import { byPosition, costByPosition } from './convolutions/by-position.js'
import { byTap, costByTap } from './convolutions/by-tap.js'
import { type Convolution, operandsOf, positionsOf, readConvolution } from './convolutions/convolution.js'
import { costOfConvolution } from './convolutions/cost.js'
import type { Build } from './convolutions/lowering.js'
import { narrowFilterGradient } from './convolutions/narrow-windows.js'
import { pointwise } from './convolutions/pointwise.js'
import { costOfWinograd, winograd } from './convolutions/winograd.js'

/**
 * The graph with convolutions, and their gradients by images and filter, computed by matrix products where that takes less time than
 * oneDNN's convolutions, which are slow at few positions. The choice depends on the shapes; if two ways are estimated to be about equal and
 * `tf` is passed, on a measurement that is kept (`chooseWay`).
 *
 * Kept, because measured to be as fast as any composition of other operations: 3×3 and larger windows at more than 2×2 positions and
 * the gradients by their images, first layers of one or three channels, convolutions with groups of channels or dilation, and depthwise
 * convolutions except for the gradient by a wide filter.
 *
 * @example
 * lowerConvolutions(graph) // a 1×1 convolution has become Reshape, MatMul, Reshape
 */
export function lowerConvolutions(graph: Graph, tf?: Tensorflow): Graph {
  return rewrite(graph, (node, b) => {
    const convolution = readConvolution(node)
    if (!convolution) return narrowFilterGradient(node, b)
    return chooseBuild(convolution, node, tf)?.(b, convolution, ...operandsOf(node, convolution))
  })
}

/** The maximum number of output positions that are worth a matrix product each. */
const FEW = 4
/** The maximum number of matrix products for one convolution. */
const MAX_TAPS = 49

/** Winograd's filtering must gain this much, for what it loses in accuracy and memory. */
const WORTH = 0.85

/** Below this number of multiply-adds, no choice is worth a measurement. */
const WORTH_TRYING = 2e8

function chooseBuild(c: Convolution, node: Node, tf: Tensorflow | undefined): Build | undefined {
  if (pointwise.applies(c)) return pointwise.build[c.kind]
  const few = positionsOf(c) <= FEW && byPosition.applies(c)
  if (few && c.kind !== 'filter') return byPosition.build[c.kind]
  const ways: ConvolutionWay[] = []
  const add = (name: string, cost: number, build: Build | undefined) =>
    ways.push({ name, cost, build, measure: tf => measureWay(tf, c, node, build) })
  if (few) add('by-position', costByPosition(c), byPosition.build[c.kind])
  else add('convolution', costOfConvolution(c), undefined)
  if (c.kind === 'filter' && c.window[0] * c.window[1] <= MAX_TAPS) add('by-tap', costByTap(c), byTap.build.filter)
  if (winograd.applies(c)) add('winograd', costOfWinograd(c) / WORTH, winograd.build[c.kind])
  const isLarge = Math.min(...ways.map(({ cost }) => cost)) >= WORTH_TRYING
  return chooseWay(keyOf(c), ways, isLarge ? tf : undefined).build
}

interface ConvolutionWay extends Way {
  /** Undefined for the convolution as it is. */
  readonly build: Build | undefined
}

function measureWay(tf: Tensorflow, c: Convolution, node: Node, build: Build | undefined): number {
  const operands = operandsOf(node, c)
  return measure(tf, operands, (b, [first, second]) => {
    if (build) return build(b, c, first!, second!)
    const replaced = node.inputs.map(input => (input === operands[0] ? first! : input === operands[1] ? second! : copyOf(input, b)))
    return b.value(node.op, node.attributes, replaced, node.outputs)
  })
}

/** The sizes that a gradient's node takes besides its operands. */
const copyOf = (input: Value, b: Builder) => b.const(elementsOf(input)!, input.shape, input.dtype)

const keyOf = ({ kind, batch, input, output, window, strides, before, inChannels, outChannels }: Convolution) =>
  `${kind} ${[batch, ...input, inChannels].join('x')} to ${[...output, outChannels].join('x')} by ${window.join('x')}/${strides.join('x')}+${before.join('x')}`
