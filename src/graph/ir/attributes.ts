/** Concise constructors and checked readers of attributes. */
import type { Attribute, AttributeKinds, DType, Elements, Node, Shape, Value } from './graph.js'

export const type = (value: DType): Attribute => ({ kind: 'type', value })
export const int = (value: number): Attribute => ({ kind: 'int', value })
export const float = (value: number): Attribute => ({ kind: 'float', value })
export const bool = (value: boolean): Attribute => ({ kind: 'bool', value })
export const string = (value: string): Attribute => ({ kind: 'string', value })
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value })
export const shape = (value: Shape): Attribute => ({ kind: 'shape', value })

type Kind = keyof AttributeKinds
type ValueOf<K extends Kind> = AttributeKinds[K]

/** A node's attribute, which must exist and be of this kind. */
export function attribute<K extends Kind>(node: Pick<Node, 'op' | 'attributes'>, name: string, kind: K): ValueOf<K> {
  const found = node.attributes[name]
  if (found === undefined || found.kind !== kind)
    throw new TypeError(`${node.op} has no attribute ${name} of kind ${kind}: ${JSON.stringify(found)}`)
  return found.value as unknown as ValueOf<K>
}

/** A node's attribute, or its default if it is missing. */
export function attributeOr<K extends Kind>(
  node: Pick<Node, 'op' | 'attributes'>,
  name: string,
  kind: K,
  otherwise: ValueOf<K>,
): ValueOf<K> {
  return node.attributes[name] === undefined ? otherwise : attribute(node, name, kind)
}

/** A constant's elements; undefined for any other value. */
export function elementsOf({ node }: Value): Elements | undefined {
  return node.op === 'Const' ? attribute(node, 'value', 'elements') : undefined
}

/** A constant's elements as numbers; undefined for any other value. */
export function numbersOf(value: Value): number[] | undefined {
  const elements = elementsOf(value)
  if (elements === undefined) return undefined
  const size = value.shape.reduce((product, length) => product * length, 1)
  return 'splat' in elements ? new Array<number>(size).fill(elements.splat) : Array.from(elements.data)
}

/** The number that all elements of a constant equal; undefined if they differ or the value is not a constant. */
export function splatOf(value: Value): number | undefined {
  const elements = elementsOf(value)
  if (elements === undefined) return undefined
  if ('splat' in elements) return elements.splat
  const { data } = elements
  return data.length > 0 && data.every(element => Object.is(element, data[0])) ? data[0] : undefined
}
