/**
 * Emits graphs as one TensorFlow graph. Variables are shared; each graph has its own prefix.
 *
 *     reads of variables ─▶ operations ─▶ outputs
 *                               │
 *              checks ─▶ [ready: everything has been computed] ─▶ updates ─▶ done
 *
 * Updates wait until all values are computed, so that a failed run changes nothing, and no update has to copy a buffer that is still read.
 */

import { attribute, elementsOf } from '../ir/attributes.js'
import type { Attributes, DType, Graph, GraphVariable, Node, Shape, Update, Value } from '../ir/graph.js'
import { createConstDef, createNodeDef, createTextDef } from './node-def.js'
import { messages, type NodeDef } from './proto.js'

/** Where to feed and fetch a graph. */
export interface Emitted {
  readonly inputs: Readonly<Record<string, string>>
  readonly outputs: readonly string[]
  /** A value that is available when the updates are done; undefined without updates. */
  readonly done: string | undefined
}

/** Names of the nodes that read and write all variables. */
export interface EmittedVariables {
  /** By variable: where its new value is fed. */
  readonly feeds: Readonly<Record<string, string>>
  /** By variable: the node that fetches its value. */
  readonly reads: Readonly<Record<string, string>>
  /** Fetched to write the fed values. */
  readonly written: string
}

/** A constant that is too large for the graph's file: it is fed once. */
export interface EmittedConstant {
  readonly feed: string
  readonly data: Float32Array | Int32Array | Uint8Array
  readonly shape: Shape
  readonly dtype: DType
}

/** Constants with more elements than this are kept in variables of the session. */
const LARGEST = 65_536

const type = (dtype: GraphVariable['dtype']) => ({ kind: 'type', value: dtype }) as const

/** Collects the nodes of one TensorFlow graph. */
export class Emitter {
  readonly nodes: NodeDef[] = []
  readonly #variables = new Map<string, GraphVariable>()
  readonly #constants = new Map<EmittedConstant['data'], EmittedConstant & { readonly handle: string }>()

  /** Declares variables and the nodes that read and write all of them. Names are as in TensorFlow: `v/…`. */
  addVariables(variables: readonly GraphVariable[]): EmittedVariables {
    const feeds: Record<string, string> = {}
    const reads: Record<string, string> = {}
    const writes: string[] = []
    for (const variable of variables) {
      const { name, dtype } = variable
      this.#variables.set(name, variable)
      const handle = handleOf(name)
      this.#addVariable(handle, variable)
      this.#add(`${handle}/read`, 'ReadVariableOp', [handle], { dtype: type(dtype) })
      feeds[name] = `${handle}/feed:0`
      reads[name] = `${handle}/read:0`
      writes.push(`^${handle}/write`)
    }
    this.nodes.push(createConstDef('v/written', { splat: 1 }, [], 'float32', writes))
    return { feeds, reads, written: 'v/written:0' }
  }

  /** Adds a graph under a prefix. */
  addGraph(graph: Graph, prefix: string): Emitted {
    const names = new Map<Node, string>()
    const nameOf = ({ node, index }: Value) => (index === 0 ? names.get(node)! : `${names.get(node)}:${index}`)
    const inputs: Record<string, string> = {}
    const reads: string[] = []
    for (const [i, node] of graph.nodes.entries()) {
      const name = `${prefix}/${i}_${node.op.replace(/^_+/, '')}`
      names.set(node, name)
      if (node.op === 'Placeholder') inputs[attribute(node, 'name', 'string')] = `${name}:0`
      if (node.op === 'Variable') reads.push(`^${name}`)
      const handle = this.#largeConstant(node)
      if (handle) this.#add(name, 'ReadVariableOp', [handle], { dtype: type(node.outputs[0]!.dtype) })
      else this.nodes.push(toNodeDef(name, node, node.inputs.map(nameOf)))
    }
    const outputs = graph.outputs.map(({ value }, i) => {
      this.#add(`${prefix}/out${i}`, 'Identity', [nameOf(value)], { T: type(value.dtype) })
      return `${prefix}/out${i}:0`
    })
    const checks = graph.checks.map(({ value, message, shown }, i) => {
      const name = `${prefix}/check${i}`
      this.nodes.push(createTextDef(`${name}/message`, `check ${i}: ${message}`))
      this.#add(name, 'Assert', [nameOf(value), `${name}/message`, nameOf(shown)], {
        T: { kind: 'types', value: ['string', shown.dtype] },
      })
      return `^${name}`
    })
    if (graph.updates.length === 0 && checks.length === 0) return { inputs, outputs, done: undefined }
    const computed = graph.updates.flatMap(update => update.inputs.map(({ node }) => `^${names.get(node)}`))
    this.#add(`${prefix}/ready`, 'NoOp', [...new Set([...checks, ...computed, ...reads])])
    const updates = graph.updates.map((update, i) =>
      this.#addUpdate(`${prefix}/update${i}`, update, update.inputs.map(nameOf), `^${prefix}/ready`),
    )
    this.nodes.push(createConstDef(`${prefix}/done`, { splat: 1 }, [], 'float32', [`^${prefix}/ready`, ...updates]))
    return { inputs, outputs, done: `${prefix}/done:0` }
  }

  /** The large constants of all graphs, and what is fetched to write what is fed for them. Call it after the last graph has been added. */
  addConstants(): { readonly constants: readonly EmittedConstant[]; readonly written: string } {
    const constants = [...this.#constants.values()]
    const writes = constants.map(({ handle }) => `^${handle}/write`)
    if (writes.length > 0) this.nodes.push(createConstDef('c/written', { splat: 1 }, [], 'float32', writes))
    return { constants, written: 'c/written:0' }
  }

  /** The variable that holds a constant which is too large for the file; undefined for other nodes. */
  #largeConstant(node: Node): string | undefined {
    const [output] = node.outputs
    const elements = output && elementsOf(output)
    if (!elements || 'splat' in elements || elements.data.length <= LARGEST) return undefined
    const { data } = elements
    const known = this.#constants.get(data)
    if (known) return known.handle
    const { shape, dtype } = output
    const handle = `c/${this.#constants.size}`
    this.#addVariable(handle, { name: handle, shape, dtype })
    this.#constants.set(data, { handle, feed: `${handle}/feed:0`, data, shape, dtype })
    return handle
  }

  #addVariable(handle: string, { name, shape, dtype }: GraphVariable): void {
    const shared = { kind: 'string', value: name } as const
    this.#add(handle, 'VarHandleOp', [], { dtype: type(dtype), shape: { kind: 'shape', value: shape }, shared_name: shared })
    this.#add(`${handle}/feed`, 'Placeholder', [], { dtype: type(dtype), shape: { kind: 'shape', value: shape } })
    this.#add(`${handle}/write`, 'AssignVariableOp', [handle, `${handle}/feed`], { dtype: type(dtype) })
  }

  /** The graph as the file of a SavedModel with the tag `serve`. */
  serialize(): Uint8Array {
    const { GraphDef, MetaGraphDef, SavedModel, VersionDef } = messages()
    const graph = new GraphDef()
    graph.setNodeList(this.nodes)
    const versions = new VersionDef()
    versions.setProducer(PRODUCER)
    graph.setVersions(versions)
    const info = new MetaGraphDef.MetaInfoDef()
    info.setTagsList(['serve'])
    const meta = new MetaGraphDef()
    meta.setMetaInfoDef(info)
    meta.setGraphDef(graph)
    const model = new SavedModel()
    model.setSavedModelSchemaVersion(1)
    model.setMetaGraphsList([meta])
    return model.serializeBinary()
  }

  #addUpdate(name: string, { op, variables, inputs, attributes }: Update, values: readonly string[], ready: string): string {
    const handles = variables.map(handleOf)
    if (op === 'Assign') this.#add(name, 'AssignVariableOp', [...handles, ...values, ready], { dtype: type(inputs[0]!.dtype) })
    else this.#add(name, op, [...handles, ...values, ready], attributes)
    return `^${name}`
  }

  #add(name: string, op: string, inputs: readonly string[], attributes: Parameters<typeof createNodeDef>[3] = {}): void {
    this.nodes.push(createNodeDef(name, op, inputs, attributes))
  }
}

/** The version of TensorFlow's graphs that these are written for. */
const PRODUCER = 1395

const handleOf = (variable: string) => `v/${variable}`

function toNodeDef(name: string, node: Node, inputs: readonly string[]): NodeDef {
  const [output] = node.outputs
  switch (node.op) {
    case 'Const':
      return createConstDef(name, attribute(node, 'value', 'elements'), output!.shape, output!.dtype)
    case 'Placeholder':
      return createNodeDef(name, 'Placeholder', [], { dtype: type(output!.dtype), shape: { kind: 'shape', value: output!.shape } })
    case 'Variable':
      return createNodeDef(name, 'ReadVariableOp', [handleOf(attribute(node, 'variable', 'string'))], { dtype: type(output!.dtype) })
    default:
      return createNodeDef(name, node.op, inputs, node.attributes as Attributes)
  }
}
