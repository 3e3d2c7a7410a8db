/** Combines products with several numbers. */
import { splatOf, type } from '../ir/attributes.js'
import type { Graph, Node, Shape } from '../ir/graph.js'
import { countUses, rewrite } from '../ir/rewrite.js'
import { sameShape } from '../ir/shapes.js'

/** What a value is a multiple of. */
interface Scaling {
  /** The input that is multiplied. */
  readonly input: number
  readonly factor: number
  /** The shape of the number: more than a scalar's if it broadcasts the input to a larger one. */
  readonly spread: Shape
}

const LEAST = 2 ** -126

/**
 * The graph in which a product, quotient or negation of a product with a number is one product, rounded once. Kept as they are if the
 * combined number leaves the range of float32, or if something else needs the inner product, too.
 *
 * @example
 * foldScalings(graph) // Neg(Mul(Mul(x, 2), 3)) is Mul(x, -6)
 */
export function foldScalings(graph: Graph): Graph {
  const uses = countUses(graph)
  return rewrite(graph, (node, builder, original) => {
    const outer = scalingOf(node)
    if (!outer || outer.spread.length > 0 || uses.get(original.inputs[outer.input]!) !== 1) return undefined
    const { node: product } = node.inputs[outer.input]!
    const inner = scalingOf(product)
    const factor = inner && Math.fround(outer.factor * inner.factor)
    if (!factor || !Number.isFinite(factor) || Math.abs(factor) < LEAST) return undefined
    const source = product.inputs[inner.input]!
    if (inner.spread.length === 0 && factor === 1) return source
    if (inner.spread.length === 0 && factor === -1) return builder.value('Neg', { T: type('float32') }, [source])
    return builder.value('Mul', { T: type('float32') }, [source, builder.const({ splat: factor }, inner.spread, 'float32')])
  })
}

function scalingOf({ op, inputs, outputs: [output] }: Node): Scaling | undefined {
  if (output?.dtype !== 'float32') return undefined
  const by = (input: number, number = 1 - input, change = (x: number) => x): Scaling | undefined => {
    const splat = splatOf(inputs[number]!)
    if (splat === undefined) return undefined
    const spread = sameShape(inputs[input]!.shape, output.shape) ? [] : inputs[number]!.shape
    return { input, factor: change(Math.fround(splat)), spread }
  }
  switch (op) {
    case 'Neg':
      return { input: 0, factor: -1, spread: [] }
    case 'Mul':
      return by(0) ?? by(1)
    case 'Div':
    case 'RealDiv':
      return by(0, 1, x => 1 / x)
    default:
      return undefined
  }
}
