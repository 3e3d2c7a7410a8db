/** Convolutions by matrix products where those are faster. */
import type { Graph } from '../ir/graph.js'
import { rewrite } from '../ir/rewrite.js'
import { byPosition, costByPosition } from './convolutions/by-position.js'
import { byTap, costByTap } from './convolutions/by-tap.js'
import { type Convolution, operandsOf, positionsOf, readConvolution } from './convolutions/convolution.js'
import { costOfConvolution } from './convolutions/cost.js'
import type { Build } from './convolutions/lowering.js'
import { pointwise } from './convolutions/pointwise.js'
import { costOfWinograd, winograd } from './convolutions/winograd.js'

/**
 * The graph with convolutions, and their gradients by images and filter, computed by matrix products where that takes less time than
 * oneDNN's convolutions, which are poor at few positions. The choice depends on the shapes alone, so every process makes the same.
 *
 * Left alone, because measured to be as fast as anything made of other operations: 3×3 and larger windows at more than 2×2 positions and
 * the gradients by their images, first layers of one or three channels, and depthwise convolutions.
 *
 * @example
 * lowerConvolutions(graph) // a 1×1 convolution has become Reshape, MatMul, Reshape
 */
export function lowerConvolutions(graph: Graph): Graph {
  return rewrite(graph, (node, b) => {
    const convolution = readConvolution(node)
    const build = convolution && chooseBuild(convolution)
    return build?.(b, convolution!, ...operandsOf(node, convolution!))
  })
}

/** As many output positions as are worth a matrix product each. */
const FEW = 4
/** No more matrix products than this are made of one convolution. */
const MOST_TAPS = 49

/** Winograd's filtering must gain this much, for what it gives up in accuracy and memory. */
const WORTH = 0.85

function chooseBuild(c: Convolution): Build | undefined {
  if (pointwise.applies(c)) return pointwise.build[c.kind]
  const few = positionsOf(c) <= FEW && byPosition.applies(c)
  if (few && c.kind !== 'filter') return byPosition.build[c.kind]
  const candidates: Candidate[] = []
  if (few) candidates.push([costByPosition(c), byPosition.build[c.kind]])
  else candidates.push([costOfConvolution(c), undefined])
  if (c.kind === 'filter' && c.window[0] * c.window[1] <= MOST_TAPS) candidates.push([costByTap(c), byTap.build.filter])
  if (winograd.applies(c)) candidates.push([costOfWinograd(c) / WORTH, winograd.build[c.kind]])
  return candidates.reduce((least, next) => (next[0] < least[0] ? next : least))[1]
}

type Candidate = readonly [cost: number, build: Build | undefined]
