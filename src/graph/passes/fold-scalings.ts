/** Takes products with several numbers together. */
import { splatOf, type } from '../ir/attributes.js'
import type { Graph, Node, Value } from '../ir/graph.js'
import { rewrite } from '../ir/rewrite.js'
import { sameShape } from '../ir/shapes.js'

/** What a value is a multiple of. */
interface Scaling {
  readonly source: Value
  readonly factor: number
}

const LEAST = 2 ** -126

/**
 * The graph in which a product, quotient or negation of a product with a number is one product, rounded once. Left as they are where the
 * numbers together leave the range of float32.
 *
 * @example
 * foldScalings(graph) // Neg(Mul(Mul(x, 2), 3)) is Mul(x, -6)
 */
export function foldScalings(graph: Graph): Graph {
  return rewrite(graph, (node, builder) => {
    const outer = scalingOf(node)
    const inner = outer && scalingOf(outer.source.node)
    if (!outer || !inner) return undefined
    const factor = Math.fround(outer.factor * inner.factor)
    if (!Number.isFinite(factor) || Math.abs(factor) < LEAST) return undefined
    if (factor === 1) return inner.source
    const attributes = { T: type('float32') }
    if (factor === -1) return builder.value('Neg', attributes, [inner.source])
    return builder.value('Mul', attributes, [inner.source, builder.const({ splat: factor }, [], 'float32')])
  })
}

function scalingOf({ op, inputs, outputs }: Node): Scaling | undefined {
  const [output] = outputs
  const [a, b] = inputs
  if (output?.dtype !== 'float32') return undefined
  const by = (source: Value, factor: number | undefined, change = (number: number) => number): Scaling | undefined =>
    factor !== undefined && sameShape(source.shape, output.shape) ? { source, factor: change(Math.fround(factor)) } : undefined
  switch (op) {
    case 'Neg':
      return by(a!, -1)
    case 'Mul':
      return by(a!, splatOf(b!)) ?? by(b!, splatOf(a!))
    case 'Div':
    case 'RealDiv':
      return by(a!, splatOf(b!), number => 1 / number)
    default:
      return undefined
  }
}
