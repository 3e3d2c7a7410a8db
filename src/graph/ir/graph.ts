/**
 * The intermediate form of a compiled function: TensorFlow operations as pure functions of values, and the updates of variables at the
 * end. A variable's node is its value when the function starts; updates take effect together, after everything has been computed.
 */

/** Element types that a graph supports. */
export type DType = 'float32' | 'int32' | 'bool' | 'complex64' | 'string' | 'bfloat16'
export type Shape = readonly number[]

/** Elements of a constant: all equal, or listed in row-major order. Booleans are 0 and 1. */
export type Elements = { readonly splat: number } | { readonly data: Float32Array | Int32Array | Uint8Array }

/** Kinds of attributes, as TensorFlow declares them, and their values. */
export interface AttributeKinds {
  readonly type: DType
  readonly int: number
  readonly float: number
  readonly bool: boolean
  readonly string: string
  readonly ints: readonly number[]
  readonly floats: readonly number[]
  readonly types: readonly DType[]
  readonly shape: Shape
  readonly elements: Elements
}
/** An attribute of an operation. */
export type Attribute = { [K in keyof AttributeKinds]: { readonly kind: K; readonly value: AttributeKinds[K] } }[keyof AttributeKinds]
export type Attributes = Readonly<Record<string, Attribute>>

/** One output of an operation. Compared by identity. */
export interface Value {
  readonly node: Node
  /** Which output of the node. */
  readonly index: number
  readonly shape: Shape
  readonly dtype: DType
}

/**
 * One operation. Besides TensorFlow's operations, the IR has three of its own: `Const` (attribute `value`), `Variable` (attribute
 * `variable`, a name) and `Placeholder` (attribute `name`); and `Step`, which only the recorder makes and a pass removes.
 */
export interface Node {
  readonly op: string
  readonly attributes: Attributes
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  /** Its origin: a layer's name; '' if unknown. */
  readonly label: string
}

export interface GraphVariable {
  readonly name: string
  readonly shape: Shape
  readonly dtype: DType
}

/**
 * A change of variables at the end. `Assign` has one variable and one input; optimizers' updates (rows of `optimizers`) are lowered by a
 * pass into TensorFlow's `ResourceApply…`, whose variables come first among its inputs, in the order of `variables`.
 */
export interface Update {
  readonly op: string
  readonly variables: readonly string[]
  readonly inputs: readonly Value[]
  readonly attributes: Attributes
}

/** A value that must be true (bool, scalar); otherwise nothing is updated and the run fails with the message and the value shown. */
export interface Check {
  readonly value: Value
  readonly message: string
  readonly shown: Value
}

/** A graph. Nodes are ordered so that each comes after its inputs. */
export interface Graph {
  readonly nodes: readonly Node[]
  readonly variables: readonly GraphVariable[]
  readonly outputs: readonly { readonly name: string; readonly value: Value }[]
  readonly updates: readonly Update[]
  readonly checks: readonly Check[]
}

export interface TensorType {
  readonly shape: Shape
  readonly dtype: DType
}

/** A node with its outputs. */
export function createNode(op: string, attributes: Attributes, inputs: readonly Value[], outputs: readonly TensorType[], label = ''): Node {
  const values: Value[] = []
  const node: Node = { op, attributes, inputs, outputs: values, label }
  for (const [index, { shape, dtype }] of outputs.entries()) values.push({ node, index, shape, dtype })
  return node
}

/** A constant's node. */
export function createConst(elements: Elements, { shape, dtype }: TensorType, label = ''): Node {
  return createNode(
    'Const',
    { dtype: { kind: 'type', value: dtype }, value: { kind: 'elements', value: elements } },
    [],
    [{ shape, dtype }],
    label,
  )
}

/** The values that a graph must still produce: everything else may be removed. */
export function rootsOf(graph: Pick<Graph, 'outputs' | 'updates' | 'checks'>): Value[] {
  return [
    ...graph.outputs.map(({ value }) => value),
    ...graph.updates.flatMap(({ inputs }) => inputs),
    ...graph.checks.flatMap(({ value, shown }) => [value, shown]),
  ]
}
