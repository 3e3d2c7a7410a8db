/** How passes change a graph: node by node, in order, each kept or replaced. */
import * as attributes from './attributes.js'
import {
  type Attributes,
  createConst,
  createNode,
  type DType,
  type Elements,
  type Graph,
  type Node,
  rootsOf,
  type Shape,
  type TensorType,
  type Value,
} from './graph.js'
import { inferOutputs } from './infer.js'

/** Adds nodes before the current one. */
export interface Builder {
  /** An operation's node; its outputs are inferred, or passed for an operation without a rule in `infer.ts`. */
  add(op: string, attributes: Attributes, inputs: readonly Value[], outputs?: readonly TensorType[]): Node
  /** The first output of such a node. */
  value(op: string, attributes: Attributes, inputs: readonly Value[], outputs?: readonly TensorType[]): Value
  const(elements: Elements, shape: Shape, dtype: DType): Value
  /** `Reshape` to a shape; the value itself if it has that shape. */
  reshape(value: Value, shape: Shape): Value
}

/** The replacement of a node: nothing (it is kept), one value (for its first and only used output), or a value for each output. */
export type Replacement = Value | readonly (Value | undefined)[] | undefined

/**
 * The graph with every node kept or replaced. `rule` sees a node whose inputs are already replaced, and the node of the old graph
 * that it comes from. What is no longer needed is removed.
 */
export function rewrite(graph: Graph, rule: (node: Node, builder: Builder, original: Node) => Replacement): Graph {
  const nodes: Node[] = []
  const values = new Map<Value, Value>()
  const now = (value: Value) => values.get(value) ?? value
  for (const original of graph.nodes) {
    const node = withInputs(original, original.inputs.map(now))
    const replacement = rule(node, builderOf(nodes, original.label), original)
    if (replacement === undefined) nodes.push(node)
    const outputs = replacement === undefined ? node.outputs : 'node' in replacement ? [replacement] : replacement
    if (outputs.some(value => value === undefined)) nodes.push(node)
    for (const [i, value] of original.outputs.entries()) values.set(value, outputs[i] ?? node.outputs[i]!)
  }
  return prune({
    nodes,
    variables: graph.variables,
    outputs: graph.outputs.map(({ name, value }) => ({ name, value: now(value) })),
    updates: graph.updates.map(update => ({ ...update, inputs: update.inputs.map(now) })),
    checks: graph.checks.map(({ value, message, shown }) => ({ value: now(value), message, shown: now(shown) })),
  })
}

/** The graph without nodes that no output, update or check needs. Placeholders stay: callers feed them. */
export function prune(graph: Graph): Graph {
  const needed = new Set<Node>()
  const waiting = rootsOf(graph).map(({ node }) => node)
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (needed.has(node)) continue
    needed.add(node)
    for (const input of node.inputs) waiting.push(input.node)
  }
  return { ...graph, nodes: graph.nodes.filter(node => needed.has(node) || node.op === 'Placeholder') }
}

/** Far more rounds than any graph has needed. */
const MAX_ROUNDS = 64

/** The graph after `step` as many times as it changes a node, at most 64 times. */
export function rewriteUntilStable(graph: Graph, step: (graph: Graph) => Graph): Graph {
  let now = graph
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { nodes } = now
    now = step(now)
    if (now.nodes.length === nodes.length && now.nodes.every((node, i) => node === nodes[i])) break
  }
  return now
}

/** The number of times each value is an input, an output of the graph, or part of an update. */
export function countUses(graph: Graph): ReadonlyMap<Value, number> {
  const uses = new Map<Value, number>()
  for (const value of [...rootsOf(graph), ...graph.nodes.flatMap(({ inputs }) => inputs)]) uses.set(value, (uses.get(value) ?? 0) + 1)
  return uses
}

/** A builder that appends to a list of nodes. */
export function builderOf(nodes: Node[], label = ''): Builder {
  const add: Builder['add'] = (op, given, inputs, outputs) => {
    const types = outputs ?? inferOutputs(op, given, inputs)
    if (types === undefined) throw new TypeError(`the outputs of ${op} cannot be inferred; they must be passed`)
    const node = createNode(op, given, inputs, types, label)
    nodes.push(node)
    return node
  }
  const value: Builder['value'] = (...args) => add(...args).outputs[0]!
  const constant: Builder['const'] = (elements, shape, dtype) => {
    const node = createConst(elements, { shape, dtype }, label)
    nodes.push(node)
    return node.outputs[0]!
  }
  const reshape: Builder['reshape'] = (input, shape) => {
    if (input.shape.length === shape.length && input.shape.every((length, i) => length === shape[i])) return input
    const target = constant({ data: Int32Array.from(shape) }, [shape.length], 'int32')
    return value('Reshape', { T: attributes.type(input.dtype), Tshape: attributes.type('int32') }, [input, target])
  }
  return { add, value, const: constant, reshape }
}

function withInputs(node: Node, inputs: readonly Value[]): Node {
  if (inputs.every((value, i) => value === node.inputs[i])) return node
  return createNode(node.op, node.attributes, inputs, node.outputs, node.label)
}
