/** Records operations instead of running them: tensors made meanwhile stand for values of a graph. */
import { type DataId, fromRawAttributes, type NodeBackend, type RawAttribute, type Tensor, toTypeNumber } from '../backend.js'
import { string } from '../ir/attributes.js'
import {
  type Attributes,
  type Check,
  createConst,
  createNode,
  type DType,
  type Elements,
  type Node,
  type TensorType,
  type Value,
} from '../ir/graph.js'
import { inferOutputs } from '../ir/infer.js'
import { LazyEntry } from '../session/lazy-entry.js'
import type { Tensorflow } from '../tensorflow.js'
import { type Engine, engineOf } from './engine.js'
import { TraceRefusal, UsedAfterUpdate } from './refusal.js'
import { typesByRunning } from './run-once.js'

/** A number read in JavaScript before each run and fed to the graph. */
export interface HostInput {
  readonly name: string
  readonly node: Node
  readonly read: () => number
}

/** Operations whose outputs' shapes depend on the data. */
const dataDependent = new Set(['Where', 'Unique', 'UniqueV2', 'NonMaxSuppressionV3', 'NonMaxSuppressionV4', 'NonMaxSuppressionV5'])
/** Operations with a random state of TensorFlow's own. */
const stateful = new Set(['Multinomial', 'RandomUniform', 'RandomStandardNormal', 'TruncatedNormal'])

/** Large constants by the data of tensors: several traces may read the same, and each copy is memory. */
const large = new WeakMap<DataId, Elements>()
const LARGE = 65_536

export class Recorder {
  readonly nodes: Node[] = []
  readonly hosts: HostInput[] = []
  readonly checks: Check[] = []
  /** Work in JavaScript after each run. */
  readonly effects: (() => void)[] = []
  /** Layers that are being called, innermost last. */
  readonly layers: string[] = []
  /** Optimizers that made a step. */
  readonly stepped = new Set<object>()
  /** Those of them that are described. */
  readonly described = new Set<object>()
  /** Optimizers whose numbers became constants of the graph: when these change, the graph is outdated. */
  readonly guarded = new Set<object>()
  /** Why the trace is invalid, even if the function handles the error. */
  stopped: Error | undefined
  /** Tensors that the function keeps for later. */
  readonly kept = new Set<Tensor>()
  /** Draws of random numbers so far; each has its own stream. */
  draws = 0
  /** Data that was drawn at random in JavaScript, and its source. */
  readonly drawn = new Map<DataId, string>()
  readonly engine: Engine
  /** Values by the data that stands for them. */
  readonly #made = new Map<DataId, Value>()
  /** Constants by the real data they came from. */
  readonly #constants = new Map<DataId, Value>()

  constructor(
    readonly tf: Tensorflow,
    readonly backend: NodeBackend,
  ) {
    this.engine = engineOf(tf)
  }

  /** The layer that is being called. */
  get layer(): string {
    return this.layers.at(-1) ?? ''
  }

  /** Records one operation. */
  record(op: string, raw: readonly RawAttribute[], inputs: readonly Tensor[], outputs: number): Tensor[] {
    if (dataDependent.has(op)) this.refuse(op, 'the shape of its result depends on the data')
    if (stateful.has(op)) this.refuse(op, 'it draws from a random state of its own')
    const values = inputs.map(tensor => this.valueOf(tensor))
    const attributes = withTypeOf(values, fromRawAttributes(this.backend.binding, raw))
    return this.add(op, attributes, values, outputs).outputs.map(value => this.tensorOf(value))
  }

  /** Ends the trace: the function cannot be traced. */
  refuse(op: string, reason: string): never {
    return this.stop(new TraceRefusal(op, this.layer, reason))
  }

  /** Ends the trace, even if the function catches the error. */
  stop(error: Error): never {
    this.stopped ??= error
    throw error
  }

  /** Adds a node; its types are inferred, or found by running the operation once. */
  add(op: string, attributes: Attributes, inputs: readonly Value[], outputs = 1): Node {
    const types = inferOutputs(op, attributes, inputs) ?? this.#runOnce(op, attributes, inputs, outputs)
    const label = this.layer || (inputs.find(({ node }) => node.label !== '')?.node.label ?? '')
    const node = createNode(op, attributes, inputs, types, label)
    this.nodes.push(node)
    return node
  }

  /** A value that is fed. */
  placeholder(name: string, type: TensorType): Node {
    const node = createNode('Placeholder', { name: string(name) }, [], [type])
    this.nodes.push(node)
    return node
  }

  /** A number that is read anew before each run. */
  host(name: string, dtype: DType, read: () => number): Tensor {
    const known = this.hosts.find(host => host.name === name)
    const node = known?.node ?? this.placeholder(name, { shape: [], dtype })
    if (!known) this.hosts.push({ name, node, read })
    return this.tensorOf(node.outputs[0]!)
  }

  /** A tensor that stands for a value; nothing can read it. */
  tensorOf(value: Value): Tensor {
    const dataId = this.dataOf(value)
    return this.engine.makeTensorFromTensorInfo({ dataId, shape: [...value.shape], dtype: value.dtype })
  }

  /** Data that stands for a value. */
  dataOf(value: Value): DataId {
    const dataId: DataId = {}
    const dtype = toTypeNumber(value.dtype)
    this.backend.tensorMap.set(dataId, { shape: [...value.shape], dtype, values: null, id: -1, refCount: 1 })
    this.#made.set(dataId, value)
    return dataId
  }

  /** Makes a tensor that stood for a value hold the numbers of a real one. */
  adopt({ dataId }: Tensor, real: Tensor): void {
    Object.assign(this.backend.tensorMap.get(dataId), { values: real.dataSync().slice() })
    this.#made.delete(dataId)
  }

  /** True if the data stands for a value of the graph. */
  isRecorded(dataId: DataId): boolean {
    return this.#made.has(dataId)
  }

  /** The value a tensor stands for; a tensor from before the trace becomes a constant. */
  valueOf({ dataId, shape, dtype }: Pick<Tensor, 'dataId' | 'shape' | 'dtype'>): Value {
    const known = this.#made.get(dataId) ?? this.#constants.get(dataId)
    if (known?.node.op === 'Updated') this.stop(new UsedAfterUpdate())
    if (known) return known
    const source = this.drawn.get(dataId)
    if (source !== undefined) this.refuse(source, 'its numbers are drawn in JavaScript')
    if (dtype === 'string' || dtype === 'complex64') this.refuse('Const', `a constant of type ${dtype}`)
    const elements = large.get(dataId) ?? this.#read(dataId)
    const node = createConst(elements, { shape: [...shape], dtype: dtype as DType }, this.layer)
    this.nodes.push(node)
    const value = node.outputs[0]!
    this.#constants.set(dataId, value)
    return value
  }

  #read(dataId: DataId): Elements {
    const elements = toElements(this.engine.readSync(dataId))
    // What a session keeps changes.
    const isFixed = !(this.backend.tensorMap.get(dataId) instanceof LazyEntry)
    if (isFixed && 'data' in elements && elements.data.length > LARGE) large.set(dataId, elements)
    return elements
  }

  /** Discards every tensor that stands for a value. */
  release(): void {
    for (const dataId of this.#made.keys()) {
      this.backend.tensorMap.delete(dataId)
      this.engine.state.tensorInfo.delete(dataId)
    }
  }

  #runOnce(op: string, attributes: Attributes, inputs: readonly Value[], outputs: number): readonly TensorType[] {
    try {
      return typesByRunning(this.backend, op, attributes, inputs, outputs)
    } catch (error) {
      const reason = String((error as Error).message).split('\n')[0]!
      return this.refuse(op, `its shapes are unknown: ${reason}`)
    }
  }
}

/** tfjs's kernels name a type in `T` that need not be the inputs'; TensorFlow's graphs insist on it. */
function withTypeOf(inputs: readonly Value[], attributes: Attributes): Attributes {
  const declared = attributes.T
  if (declared?.kind !== 'type' || inputs.length === 0 || inputs.some(({ dtype }) => dtype === declared.value)) return attributes
  return { ...attributes, T: { kind: 'type', value: inputs[0]!.dtype } }
}

/** Elements of a constant, as one number if all are equal. */
export function toElements(data: Float32Array | Int32Array | Uint8Array): Elements {
  return isUniform(data) ? { splat: data[0]! } : { data: data.slice() }
}

/** True if all elements are the same number; −0 is not 0. */
function isUniform(data: Float32Array | Int32Array | Uint8Array): boolean {
  const first = data[0]!
  if (data.length < 2 || Object.is(first, -0)) return false
  for (let i = 1; i < data.length; i++) if (data[i] !== first) return false
  return (
    first !== 0 || !(data instanceof Float32Array) || new Int32Array(data.buffer, data.byteOffset, data.length).every(bits => bits === 0)
  )
}

/** True if two constants have the same elements. */
export function sameElements(a: Elements, b: Elements): boolean {
  if (a === b) return true
  if ('splat' in a || 'splat' in b) return 'splat' in a && 'splat' in b && a.splat === b.splat
  if (a.data.length !== b.data.length) return false
  for (let i = 0; i < a.data.length; i++) if (!Object.is(a.data[i], b.data[i])) return false
  return true
}
