/** Convolutions by other operations where those are faster. */
import type { Graph } from '../ir/graph.js'
import { rewrite } from '../ir/rewrite.js'
import { costOfConvolution } from './convolutions/as-convolution.js'
import { byPosition } from './convolutions/by-position.js'
import { type Convolution, operandsOf, readConvolution } from './convolutions/convolution.js'
import type { Lowering } from './convolutions/lowering.js'
import { patches } from './convolutions/patches.js'
import { pointwise } from './convolutions/pointwise.js'

/** In the order of preference where two cost the same. */
const lowerings: readonly Lowering[] = [pointwise, byPosition, patches]

/**
 * The graph with convolutions, and their gradients by images and filter, computed by matrix products where that takes less time than
 * oneDNN's convolutions. The choice depends on the shapes alone, so every process makes the same.
 *
 * @example
 * lowerConvolutions(graph) // a 1×1 convolution has become Reshape, MatMul, Reshape
 */
export function lowerConvolutions(graph: Graph): Graph {
  return rewrite(graph, (node, b) => {
    const convolution = readConvolution(node)
    const lowering = convolution && chooseByCost(convolution)
    return lowering && lowering.build[convolution.kind]!(b, convolution, ...operandsOf(node, convolution))
  })
}

/** The lowering that costs least; undefined where the convolution itself does. */
export function chooseByCost(convolution: Convolution): Lowering | undefined {
  let [best, least]: [Lowering | undefined, number] = [undefined, costOfConvolution(convolution)]
  for (const lowering of lowerings) {
    if (!lowering.build[convolution.kind] || !lowering.applies(convolution)) continue
    const cost = lowering.cost(convolution)
    if (cost < least) [best, least] = [lowering, cost]
  }
  return best
}
