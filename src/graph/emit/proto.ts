/** TensorFlow's protocol messages that a graph needs, as shipped with tfjs-node. */
import { createRequire } from 'node:module'

export interface TensorShapeProto {
  setDimList(dims: readonly object[]): void
}
export interface TensorProto {
  setDtype(dtype: number): void
  setTensorShape(shape: TensorShapeProto): void
  setTensorContent(content: Uint8Array): void
  setFloatValList(values: readonly number[]): void
  setIntValList(values: readonly number[]): void
  setBoolValList(values: readonly boolean[]): void
  setStringValList(values: readonly string[]): void
}
export interface AttrValue {
  setS(value: Uint8Array | string): void
  setI(value: number): void
  setF(value: number): void
  setB(value: boolean): void
  setType(value: number): void
  setShape(value: TensorShapeProto): void
  setTensor(value: TensorProto): void
  setList(value: ListValue): void
}
export interface ListValue {
  setIList(values: readonly number[]): void
  setFList(values: readonly number[]): void
  setTypeList(values: readonly number[]): void
}
export interface NodeDef {
  setName(name: string): void
  setOp(op: string): void
  setInputList(inputs: readonly string[]): void
  getAttrMap(): { set(name: string, value: AttrValue): void }
}
interface GraphDef {
  setNodeList(nodes: readonly NodeDef[]): void
  setVersions(versions: object): void
  serializeBinary(): Uint8Array
}
interface MetaGraphDef {
  setMetaInfoDef(info: object): void
  setGraphDef(graph: GraphDef): void
}
interface SavedModel {
  setSavedModelSchemaVersion(version: number): void
  setMetaGraphsList(graphs: readonly MetaGraphDef[]): void
  serializeBinary(): Uint8Array
}

interface Messages {
  readonly TensorShape: { new (): TensorShapeProto; readonly Dim: new () => { setSize(size: number): void } }
  readonly Tensor: new () => TensorProto
  readonly AttrValue: { new (): AttrValue; readonly ListValue: new () => ListValue }
  readonly NodeDef: new () => NodeDef
  readonly GraphDef: new () => GraphDef
  readonly VersionDef: new () => { setProducer(version: number): void }
  readonly MetaGraphDef: { new (): MetaGraphDef; readonly MetaInfoDef: new () => { setTagsList(tags: readonly string[]): void } }
  readonly SavedModel: new () => SavedModel
}

let loaded: Messages | undefined

/** The classes of the messages; loaded on first use. */
export function messages(): Messages {
  loaded ??= createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu/dist/proto/api_pb') as Messages
  return loaded
}
