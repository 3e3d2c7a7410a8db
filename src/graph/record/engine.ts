/** What the recorder uses of tfjs's engine, which its types do not show. */
import type { DataId, Tensor, Variable } from '../backend.js'
import type { Tensorflow } from '../tensorflow.js'

export interface EngineState {
  numTensors: number
  numBytes: number
  numDataBuffers: number
  numStringTensors: number
  /** The number of nested gradients being taken. */
  readonly gradientDepth: number
  /** The number of nested kernels being run; what runs inside of one is in no gradient. */
  kernelDepth: number
  readonly registeredVariables: Record<string, Variable>
  readonly activeScope: { readonly name: string } | null
  readonly scopeStack: readonly { readonly name: string }[]
  readonly tensorInfo: {
    get(id: DataId): { backend: unknown; dtype: string; shape: readonly number[]; bytes: number } | undefined
    set(id: DataId, info: object): void
    has(id: DataId): boolean
    delete(id: DataId): boolean
  }
}

export interface Engine {
  readonly state: EngineState
  readonly backend: unknown
  makeTensorFromTensorInfo(info: { dataId: DataId; shape: number[]; dtype: string }): Tensor
  makeVariable(initial: Tensor, trainable?: boolean, name?: string, dtype?: string): Variable
  nextTensorId(): number
  startScope(name: string): void
  /** Disposes what was made since, except these tensors and those that are kept. */
  endScope(result?: readonly Tensor[]): void
  keep(tensor: Tensor): Tensor
  disposeVariable(variable: Variable): void
  disposeTensor(tensor: Tensor): void
  readSync(id: DataId): Float32Array | Int32Array | Uint8Array
}

export function engineOf(tf: Tensorflow): Engine {
  return tf.engine() as unknown as Engine
}
