/** Matchers that passes use. */
import { splatOf } from '../ir/attributes.js'
import type { Node, Value } from '../ir/graph.js'
import { sameShape } from '../ir/shapes.js'

/** The node that computes a value, if it is this operation; casts in between are skipped. */
export function producer({ node }: Value, ...ops: readonly string[]): Node | undefined {
  if (ops.includes(node.op)) return node
  return node.op === 'Cast' ? producer(node.inputs[0]!, ...ops) : undefined
}

/** The first match of a node's two operands in either order. */
export function eitherWay<T>({ inputs: [a, b] }: Node, match: (a: Value, b: Value) => T | undefined): T | undefined {
  return match(a!, b!) ?? match(b!, a!)
}

/** True if a value is a constant whose elements all equal this number. */
export function isAll(value: Value, number: number): boolean {
  return splatOf(value) === number
}

/** True if values have the same shape and are float32, as the fused kernels need them. */
export function areAlike(...values: readonly Value[]): boolean {
  return values.every(({ shape, dtype }) => dtype === 'float32' && sameShape(shape, values[0]!.shape))
}
