/** Compares two traces of a function. */

import type { Attributes, Graph, Node, Value } from '../ir/graph.js'
import { sameElements } from './elements.js'

/** True if two graphs compute the same in the same order. Variables are compared by name, regardless of position. */
export function sameGraph(a: Graph, b: Graph): boolean {
  const [nodesA, nodesB] = [listed(a), listed(b)]
  return nodesA.length === nodesB.length && nodesA.every((node, i) => sameNode(node, nodesB[i]!)) && sameText(ends(a), ends(b))
}

type Named = { readonly node: Node; readonly inputs: readonly string[] }

const byName = (graph: Graph) => {
  const places = new Map(graph.nodes.filter(({ op }) => op !== 'Variable').map((node, i) => [node, String(i)]))
  return ({ node, index }: Value) => `${places.get(node) ?? node.attributes.variable?.value}:${index}`
}

function listed(graph: Graph): Named[] {
  const nameOf = byName(graph)
  return graph.nodes.filter(({ op }) => op !== 'Variable').map(node => ({ node, inputs: node.inputs.map(nameOf) }))
}

/** Updates, outputs and checks as text. */
function ends(graph: Graph): string[] {
  const nameOf = byName(graph)
  return [
    ...graph.updates.map(({ op, variables, inputs, attributes }) => JSON.stringify([op, variables, inputs.map(nameOf), plain(attributes)])),
    ...graph.outputs.map(({ name, value }) => `${name} ${nameOf(value)}`),
    ...graph.checks.map(({ value, message, shown }) => `${nameOf(value)} ${message} ${nameOf(shown)}`),
  ]
}

function sameNode({ node: a, inputs: inputsA }: Named, { node: b, inputs: inputsB }: Named): boolean {
  const types = (node: Node) => node.outputs.map(({ shape, dtype }) => `${dtype}[${shape}]`)
  const [x, y] = [a.attributes.value, b.attributes.value]
  const isSameConstant = x?.kind !== 'elements' || (y?.kind === 'elements' && sameElements(x.value, y.value))
  return (
    a.op === b.op &&
    isSameConstant &&
    sameText(inputsA, inputsB) &&
    sameText(types(a), types(b)) &&
    plain(a.attributes) === plain(b.attributes)
  )
}

const sameText = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((text, i) => text === b[i])

/** Attributes as text, without elements. */
function plain(attributes: Attributes): string {
  const entries = Object.entries(attributes).filter(([, { kind }]) => kind !== 'elements')
  return entries.map(([name, { value }]) => `${name}=${Object.is(value, -0) ? '-0' : String(value)}`).join()
}
