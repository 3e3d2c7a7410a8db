/** Records operations instead of running them: tensors made meanwhile stand for values of a graph. */
import {
  type Binding,
  type DataId,
  fromRawAttributes,
  type NodeBackend,
  type RawAttribute,
  type Tensor,
  toTypeNumber,
  type Variable,
} from '../backend.js'
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
import { withTypeOf } from '../ir/typed-inputs.js'
import type { Tensorflow } from '../tensorflow.js'
import { earlier, earlierArguments } from './earlier.js'
import { readElements } from './elements.js'
import { type Engine, engineOf } from './engine.js'
import { type Restore, replaceTentatively } from './hooks.js'
import { isRefusal, TraceRefusal, UsedAfterUpdate } from './refusal.js'
import { typesByRunning } from './run-once.js'
import type { HostInput } from './traced.js'

/** An optimizer's step that is described: how tfjs makes it, the gradients, and what the optimizer keeps for itself. */
export interface Postponed {
  readonly gradients: readonly { readonly name: string; readonly value: Value | undefined }[]
  readonly scalars: readonly Variable[]
  apply(gradients: readonly { readonly name: string; readonly tensor: Tensor | null }[]): void
}

/** Operations whose outputs' shapes depend on the data. */
const dataDependent = new Set(['Where', 'Unique', 'UniqueV2', 'NonMaxSuppressionV3', 'NonMaxSuppressionV4', 'NonMaxSuppressionV5'])
/** Operations with a random state of TensorFlow's own. */
const stateful = new Set(['Multinomial', 'RandomUniform', 'RandomStandardNormal', 'TruncatedNormal'])

export class Recorder {
  readonly nodes: Node[] = []
  readonly hosts: HostInput[] = []
  readonly checks: Check[] = []
  /** Work in JavaScript after each run. */
  readonly effects: (() => void)[] = []
  /** Masks that recurrent layers keep between their calls; tfjs itself replaces them. */
  readonly masks = new Set<Tensor>()
  /** Layers that were called, with their fields before. */
  readonly seenLayers = new Map<object, Readonly<Record<string, unknown>>>()
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
  /** Makes what has been recorded real, so that the function goes on operation by operation. Unset: a refusal ends the function. */
  goOn: ((reason: Error) => void) | undefined
  /** Described steps, to be made for real if the function goes on without a graph. */
  readonly postponed: Postponed[] = []
  /** True if a tensor that an earlier traced call of the owner made or returned became a constant. */
  usesEarlier = false
  owner: object | undefined
  /** Tensors that the function keeps for later. */
  readonly kept = new Set<Tensor>()
  /** Draws of random numbers so far; each has its own stream. */
  draws = 0
  /** Data that was drawn at random in JavaScript, and its source. */
  readonly drawn = new Map<DataId, string>()
  readonly engine: Engine
  /** Tensors made since have greater ids. */
  readonly firstId: number
  /** TensorFlow itself, which the backend hides meanwhile. */
  readonly binding: Binding
  /** Values by the data that stands for them. */
  readonly #made = new Map<DataId, Value>()
  /** Constants by the real data they came from. */
  readonly #constants = new Map<DataId, Value>()

  constructor(
    readonly tf: Tensorflow,
    readonly backend: NodeBackend,
  ) {
    this.engine = engineOf(tf)
    this.binding = backend.binding
    this.firstId = this.engine.nextTensorId()
  }

  /** The layer that is being called. */
  get layer(): string {
    return this.layers.at(-1) ?? ''
  }

  /** Records one operation. */
  record(op: string, raw: readonly RawAttribute[], inputs: readonly Tensor[], outputs: number): Tensor[] {
    if (dataDependent.has(op)) this.refuse(op, 'the shape of its result depends on the data')
    if (stateful.has(op)) this.refuse(op, 'it draws from a random state of its own')
    if (outputs === 0) this.refuse(op, 'it has an effect and no result')
    if (inputs.some(tensor => earlierArguments.has(tensor))) this.usesEarlier = true
    const values = inputs.map(tensor => this.valueOf(tensor))
    return this.#orRefuse(op, () => {
      const attributes = withTypeOf(op, values, fromRawAttributes(this.binding, raw))
      return this.add(op, attributes, values, outputs).outputs.map(value => this.tensorOf(value))
    })
  }

  /** Replaces methods; what they refuse is done without a graph if the function may go on. */
  hook<T extends object>(target: T, methods: Partial<T>): Restore {
    return replaceTentatively(target, methods, error => this.#goOnOr(error))
  }

  /** Refuses, or returns if the function may go on without a graph. */
  refuseOrGoOn(op: string, reason: string): void {
    try {
      this.refuse(op, reason)
    } catch (error) {
      this.#goOnOr(error)
    }
  }

  #goOnOr(error: unknown): void {
    if (this.goOn === undefined || !isRefusal(error)) throw error
    this.goOn(error)
  }

  /** A failure of the compiler's own is a refusal. */
  #orRefuse<T>(op: string, work: () => T): T {
    try {
      return work()
    } catch (error) {
      return isRefusal(error) ? this.stop(error) : this.refuse(op, firstLine(error))
    }
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
  host(name: string, dtype: DType, read: () => number): Value {
    const known = this.hosts.find(host => host.name === name)
    const node = known?.node ?? this.placeholder(name, { shape: [], dtype })
    if (!known) this.hosts.push({ name, node, read })
    return node.outputs[0]!
  }

  /** A constant. */
  constant(elements: Elements, type: TensorType): Value {
    const node = createConst(elements, type, this.layer)
    this.nodes.push(node)
    return node.outputs[0]!
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

  /** The data that stand for values and have not been disposed. */
  get live(): readonly (readonly [DataId, Value])[] {
    return [...this.#made].filter(([dataId, { node }]) => this.backend.tensorMap.has(dataId) && node.op !== 'Updated')
  }

  /** The data is real now. */
  forget(dataId: DataId): void {
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
    if (this.owner !== undefined && earlier.get(dataId) === this.owner) this.usesEarlier = true
    const elements = readElements(this, dataId)
    const value = this.constant(elements, { shape: [...shape], dtype: dtype as DType })
    this.#constants.set(dataId, value)
    return value
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
      return typesByRunning(this.binding, op, attributes, inputs, outputs)
    } catch (error) {
      return this.refuse(op, `its shapes are unknown: ${firstLine(error)}`)
    }
  }
}

const firstLine = (error: unknown) => String(error instanceof Error ? error.message : error).split('\n')[0]!
