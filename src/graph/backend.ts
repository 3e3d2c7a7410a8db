/** What the compiler uses of tfjs-node's backend, which its types do not show. */

import type { Attribute, Attributes, DType, Shape } from './ir/graph.js'
import type { Tensorflow } from './tensorflow.js'

export type Tensor = import('@tensorflow/tfjs-node-gpu').Tensor
export type Variable = import('@tensorflow/tfjs-node-gpu').Variable
export type DataId = Tensor['dataId']

/** An attribute as the addon takes it: `type` is one of its `TF_ATTR_…`. */
export interface RawAttribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

/** What the addon returns for a tensor it made. */
export interface RawTensor {
  readonly id: number
  readonly shape: number[]
  readonly dtype: number
}

/** The addon. */
export interface Binding {
  readonly TF_FLOAT: number
  readonly TF_INT32: number
  readonly TF_BOOL: number
  readonly TF_COMPLEX64: number
  readonly TF_STRING: number
  readonly TF_ATTR_STRING: number
  readonly TF_ATTR_INT: number
  readonly TF_ATTR_FLOAT: number
  readonly TF_ATTR_BOOL: number
  readonly TF_ATTR_TYPE: number
  readonly TF_ATTR_SHAPE: number
  createTensor(shape: readonly number[], dtype: number, values: ArrayBufferView): number
  deleteTensor(id: number): void
  executeOp(op: string, attributes: readonly RawAttribute[], inputs: readonly number[], outputs: number): RawTensor[]
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array
  loadSavedModel(path: string, tags: string): number
  deleteSavedModel(id: number): void
  runSavedModel(id: number, inputs: readonly number[], inputNames: string, outputNames: string): RawTensor[]
}

/** A tensor's entry in the backend's table: `values` until they are passed to TensorFlow, then `id`. */
export interface TensorEntry {
  shape: number[]
  /** TensorFlow's number of the type. */
  dtype: number
  values: Float32Array | Int32Array | Uint8Array | null
  id: number
  refCount: number
}

/** tfjs-node's backend. */
export interface NodeBackend {
  readonly binding: Binding
  readonly tensorMap: {
    get(id: DataId): TensorEntry
    set(id: DataId, entry: TensorEntry): void
    has(id: DataId): boolean
    delete(id: DataId): boolean
  }
  executeSingleOutput(op: string, attributes: readonly RawAttribute[], inputs: readonly Tensor[]): Tensor
  executeMultipleOutputs(op: string, attributes: readonly RawAttribute[], inputs: readonly Tensor[], outputs: number): Tensor[]
  getInputTensorIds(tensors: readonly Tensor[]): number[]
  createOutputTensor(raw: RawTensor): Tensor
  read(id: DataId): Promise<Float32Array | Int32Array | Uint8Array>
  readSync(id: DataId): Float32Array | Int32Array | Uint8Array
  epsilon(): number
  disposeData(id: DataId, force?: boolean): boolean
  incRef(id: DataId): void
  write(values: Float32Array | Int32Array | Uint8Array, shape: number[], dtype: string): DataId
}

/** True if a backend runs TensorFlow's operations by name, as tfjs-node's does. */
export function runsOperations(backend: unknown): backend is NodeBackend {
  return typeof (backend as Partial<NodeBackend> | null)?.executeMultipleOutputs === 'function'
}

/** tfjs-node's backend, if it is registered. */
export function nodeBackend(tf: Tensorflow): NodeBackend {
  return tf.findBackend('tensorflow') as unknown as NodeBackend
}

const typeNumbers = { float32: 1, int32: 3, string: 7, complex64: 8, bool: 10, bfloat16: 14 } as const satisfies Record<DType, number>

/** TensorFlow's number of an element type (`DataType` of its protocol). */
export function toTypeNumber(dtype: DType): number {
  return typeNumbers[dtype]
}

/** The element type of TensorFlow's number; undefined for types that graphs do not support. */
export function toDType(number: number): DType | undefined {
  return (Object.keys(typeNumbers) as DType[]).find(dtype => typeNumbers[dtype] === number)
}

/** Attributes as the addon's eager calls take them. */
export function toRawAttributes(binding: Binding, attributes: Attributes): RawAttribute[] {
  return Object.entries(attributes).map(([name, attribute]) => ({ name, ...toRaw(binding, attribute) }))
}

function toRaw(binding: Binding, { kind, value }: Attribute): { readonly type: number; readonly value: unknown } {
  switch (kind) {
    case 'type':
      return { type: binding.TF_ATTR_TYPE, value: toTypeNumber(value) }
    case 'int':
    case 'ints':
      return { type: binding.TF_ATTR_INT, value }
    case 'float':
    case 'floats':
      return { type: binding.TF_ATTR_FLOAT, value }
    case 'bool':
      return { type: binding.TF_ATTR_BOOL, value }
    case 'string':
      return { type: binding.TF_ATTR_STRING, value }
    case 'shape':
      return { type: binding.TF_ATTR_SHAPE, value: value as Shape }
    default:
      throw new TypeError(`an eager operation does not accept an attribute of kind ${kind}`)
  }
}

/** Attributes of a recorded call, from what a tfjs kernel passed to the addon. */
export function fromRawAttributes(binding: Binding, raw: readonly RawAttribute[]): Attributes {
  return Object.fromEntries(raw.map(attribute => [attribute.name, fromRaw(binding, attribute)]))
}

function fromRaw(binding: Binding, { name, type, value }: RawAttribute): Attribute {
  switch (type) {
    case binding.TF_ATTR_TYPE:
      return { kind: 'type', value: toDType(value as number) ?? unusable(name, value) }
    case binding.TF_ATTR_INT:
      return Array.isArray(value) ? { kind: 'ints', value } : { kind: 'int', value: Number(value) }
    case binding.TF_ATTR_FLOAT:
      return Array.isArray(value) ? { kind: 'floats', value } : { kind: 'float', value: Number(value) }
    case binding.TF_ATTR_BOOL:
      return { kind: 'bool', value: Boolean(value) }
    case binding.TF_ATTR_STRING:
      return { kind: 'string', value: String(value) }
    case binding.TF_ATTR_SHAPE:
      return { kind: 'shape', value: value as number[] }
    default:
      return unusable(name, value)
  }
}

function unusable(name: string, value: unknown): never {
  throw new TypeError(`an attribute that graphs do not support: ${name} = ${String(value)}`)
}
