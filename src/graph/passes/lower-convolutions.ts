/** Convolutions by matrix products where those are faster. */
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
import { pointwise } from './convolutions/pointwise.js'
import { costOfWinograd, winograd } from './convolutions/winograd.js'

/**
 * The graph with convolutions, and their gradients by images and filter, computed by matrix products where that takes less time than
 * oneDNN's convolutions, which are poor at few positions. The choice goes by the shapes; where two ways are thought to be about equal and
 * `tf` is given, by a measurement that is kept (`chooseWay`).
 *
 * Left alone, because measured to be as fast as anything made of other operations: 3×3 and larger windows at more than 2×2 positions and
 * the gradients by their images, first layers of one or three channels, and depthwise convolutions.
 *
 * @example
 * lowerConvolutions(graph) // a 1×1 convolution has become Reshape, MatMul, Reshape
 */
export function lowerConvolutions(graph: Graph, tf?: Tensorflow): Graph {
  return rewrite(graph, (node, b) => {
    const convolution = readConvolution(node)
    const build = convolution && chooseBuild(convolution, node, tf)
    return build?.(b, convolution!, ...operandsOf(node, convolution!))
  })
}

/** As many output positions as are worth a matrix product each. */
const FEW = 4
/** No more matrix products than this are made of one convolution. */
const MAX_TAPS = 49

/** Winograd's filtering must gain this much, for what it gives up in accuracy and memory. */
const WORTH = 0.85

/** With fewer multiply-adds than this, no choice is worth a measurement. */
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

/** The sizes that a gradient's node takes beside its operands. */
const copyOf = (input: Value, b: Builder) => b.const(elementsOf(input)!, input.shape, input.dtype)

const keyOf = ({ kind, batch, input, output, window, strides, before, inChannels, outChannels }: Convolution) =>
  `${kind} ${[batch, ...input, inChannels].join('x')} to ${[...output, outChannels].join('x')} by ${window.join('x')}/${strides.join('x')}+${before.join('x')}`
