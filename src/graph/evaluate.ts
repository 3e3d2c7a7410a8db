/** Runs nodes one by one with TensorFlow's eager kernels: for constants, for shapes without a rule, and to check passes. */
import { type NodeBackend, nodeBackend, type Tensor, toRawAttributes } from './backend.js'
import { attribute } from './ir/attributes.js'
import type { Elements, Node, Shape, Value } from './ir/graph.js'
import { sizeOfShape } from './ir/shapes.js'
import type { Tensorflow } from './tensorflow.js'

/** The values of placeholders and variables. */
export type Given = Pick<ReadonlyMap<Node, Tensor>, 'get'>

/**
 * The values as tensors, which the caller disposes. `given` holds the values of placeholders and variables.
 *
 * @throws TypeError for a placeholder or variable that is not given.
 */
export function evaluate(tf: Tensorflow, values: readonly Value[], given: Given = new Map()): Tensor[] {
  const backend = nodeBackend(tf)
  const done = new Map<Node, readonly Tensor[]>()
  return tf.tidy(() => {
    for (const node of inOrder(values)) done.set(node, runNode(tf, backend, node, done, given))
    return values.map(({ node, index }) => tf.clone(done.get(node)![index]!))
  })
}

function runNode(
  tf: Tensorflow,
  backend: NodeBackend,
  node: Node,
  done: ReadonlyMap<Node, readonly Tensor[]>,
  given: Given,
): readonly Tensor[] {
  const known = given.get(node)
  if (known) return [known]
  if (node.op === 'Const') return [toTensor(tf, attribute(node, 'value', 'elements'), node.outputs[0]!)]
  if (node.op === 'Placeholder' || node.op === 'Variable') throw new TypeError(`${node.op} is not given`)
  const inputs = node.inputs.map(({ node, index }) => done.get(node)![index]!)
  if (node.op === 'Step') return [tf.step(inputs[0]!, attribute(node, 'alpha', 'float'))]
  return backend.executeMultipleOutputs(node.op, toRawAttributes(backend.binding, node.attributes), inputs, node.outputs.length)
}

/** The nodes that these values need, each after its inputs. */
function inOrder(values: readonly Value[]): Node[] {
  const seen = new Set<Node>()
  const order: Node[] = []
  const waiting: (readonly [Node, boolean])[] = values.map(({ node }) => [node, false] as const)
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, ready] = next
    if (ready) order.push(node)
    if (ready || seen.has(node)) continue
    seen.add(node)
    waiting.push([node, true], ...node.inputs.map(input => [input.node, false] as const))
  }
  return order
}

/** A constant's tensor. */
function toTensor(tf: Tensorflow, elements: Elements, { shape, dtype }: { shape: Shape; dtype: string }): Tensor {
  if ('splat' in elements && sizeOfShape(shape) > 0) return tf.cast(tf.fill([...shape], elements.splat, 'float32'), dtype as 'float32')
  const data = 'splat' in elements ? [] : elements.data
  return tf.tensor(data as Float32Array, [...shape], dtype as 'float32')
}
