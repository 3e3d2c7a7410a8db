/** Computes once what occurs in a graph several times. */
import { elementsOf, splatOf } from '../ir/attributes.js'
import type { Attribute, Graph, Node, Value } from '../ir/graph.js'
import { rewrite } from '../ir/rewrite.js'
import { isStateful } from '../ir/stateful.js'

/** Constants of up to this many elements are compared by value, larger ones by identity. */
const COMPARED = 4096

const commutative = new Set('Add AddV2 Mul Maximum Minimum Equal NotEqual LogicalAnd LogicalOr'.split(' '))

/**
 * The graph with one node for all that are equal: the same operation with the same attributes on the same values. Random draws and
 * effects stay separate, and so do placeholders.
 *
 * @example
 * shareCommon(graph) // AddV2(Relu(x), Relu(x)), computed twice, is AddV2(y, y)
 */
export function shareCommon(graph: Graph): Graph {
  const numbers = numbering()
  const known = new Map<string, Node>()
  return rewrite(graph, node => {
    if (isStateful(node.op) || node.op === 'Placeholder') return undefined
    const key = keyOf(node, numbers)
    const same = known.get(key)
    if (same) return same.outputs
    known.set(key, node)
    return undefined
  })
}

/** A number for each object, the same one every time. */
type Numbering = (object: object) => number

function numbering(): Numbering {
  const numbers = new Map<object, number>()
  return object => {
    const known = numbers.get(object)
    if (known !== undefined) return known
    numbers.set(object, numbers.size)
    return numbers.size - 1
  }
}

function keyOf(node: Node, numbers: Numbering): string {
  const types = node.outputs.map(({ shape, dtype }) => `${dtype}[${shape.join()}]`)
  if (node.op === 'Const') return `Const ${types} ${contentOf(node.outputs[0]!, numbers)}`
  const inputs = node.inputs.map(numbers)
  if (commutative.has(node.op)) inputs.sort((a, b) => a - b)
  const attributes = Object.keys(node.attributes)
    .sort()
    .map(name => `${name}=${textOf(node.attributes[name]!)}`)
  return `${node.op}(${inputs}) ${attributes.join(' ')} ${types}`
}

function textOf({ kind, value }: Attribute): string {
  if (kind === 'string') return JSON.stringify(value)
  return Array.isArray(value) ? `[${value.map(exact)}]` : exact(value)
}

function contentOf(value: Value, numbers: Numbering): string {
  const splat = splatOf(value)
  if (splat !== undefined) return exact(value.dtype === 'float32' ? Math.fround(splat) : splat)
  const { data } = elementsOf(value) as { readonly data: Float32Array }
  if (data.length > COMPARED) return `#${numbers(data)}`
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')
}

/** A string that differs for different numbers, including −0 and 0. */
const exact = (value: unknown) => (Object.is(value, -0) ? '-0' : String(value))
