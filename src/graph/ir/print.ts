/** A graph as text: one line per node, output, update or check. */
import type { Attribute, Graph, Node, Value } from './graph.js'

export interface PrintOptions {
  /** True to print the layer's name after a node. Default: true. */
  readonly labels?: boolean
}

/**
 * The graph as text, for reading and for snapshots. The same graph always prints the same.
 *
 * @example
 * printGraph(graph)
 * // %0 = Placeholder() {name: 'x'} : float32[2,3]
 * // %1 = Relu(%0) {T: float32} : float32[2,3]
 * // output y = %1
 */
export function printGraph(graph: Graph, options: PrintOptions = {}): string {
  const numbers = new Map<Node, number>()
  const nameOf = ({ node, index }: Value) => {
    const number = numbers.get(node)
    return `%${number ?? '?'}${node.outputs.length > 1 ? `:${index}` : ''}`
  }
  const lines = graph.nodes.map(node => {
    numbers.set(node, numbers.size)
    const inputs = node.inputs.map(nameOf).join(', ')
    const types = node.outputs.map(({ shape, dtype }) => `${dtype}[${shape.join()}]`).join(', ')
    const label = node.label === '' || options.labels === false ? '' : `  # ${node.label}`
    return `%${numbers.get(node)} = ${node.op}(${inputs})${printAttributes(node.attributes)} : ${types}${label}`
  })
  return [
    ...lines,
    ...graph.checks.map(({ value, message }) => `check ${nameOf(value)} or '${message}'`),
    ...graph.updates.map(
      ({ op, variables, inputs, attributes }) =>
        `update ${op} [${variables.join(', ')}] (${inputs.map(nameOf).join(', ')})${printAttributes(attributes)}`,
    ),
    ...graph.outputs.map(({ name, value }) => `output ${name} = ${nameOf(value)}`),
    '',
  ].join('\n')
}

function printAttributes(attributes: Readonly<Record<string, Attribute>>): string {
  const entries = Object.keys(attributes).sort()
  if (entries.length === 0) return ''
  return ` {${entries.map(name => `${name}: ${printAttribute(attributes[name]!)}`).join(', ')}}`
}

function printAttribute({ kind, value }: Attribute): string {
  switch (kind) {
    case 'string':
      return `'${value}'`
    case 'ints':
    case 'floats':
    case 'types':
    case 'shape':
      return `[${value.join(', ')}]`
    case 'elements':
      return 'splat' in value ? `all ${value.splat}` : printData(value.data)
    default:
      return String(value)
  }
}

const SHOWN = 8

function printData(data: ArrayLike<number>): string {
  const shown = Array.from(data)
    .slice(0, SHOWN)
    .map(element => +element.toPrecision(6))
  return `[${shown.join(', ')}${data.length > SHOWN ? `, … ${data.length - SHOWN} more` : ''}]`
}
