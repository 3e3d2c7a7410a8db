/** Keeps variables of tfjs and of a session in sync, without copying what is not read. */
import type { DataId, NodeBackend, RawTensor, Tensor, Variable } from '../backend.js'
import { toTypeNumber } from '../backend.js'
import type { EmittedVariables } from '../emit/emit.js'
import type { DType } from '../ir/graph.js'
import { type Engine, engineOf } from '../record/engine.js'
import type { Tensorflow } from '../tensorflow.js'
import { LazyEntry } from './lazy-entry.js'
import type { Session } from './session.js'

interface Held {
  readonly name: string
  readonly variable: Variable
  /** The variable's data when the session had the same value. */
  dataId: DataId | undefined
  stamp: number
  /** What stands for the session's value: the variable's own, or a clone's if the variable has been assigned since. */
  entry: LazyEntry | undefined
}

/** The variables of one session. */
export class SessionVariables {
  readonly #engine: Engine
  readonly #held: readonly Held[]

  constructor(
    readonly tf: Tensorflow,
    readonly backend: NodeBackend,
    readonly session: Session,
    readonly names: EmittedVariables,
    variables: ReadonlyMap<string, Variable>,
  ) {
    this.#engine = engineOf(tf)
    this.#held = [...variables].map(([name, variable]) => ({ name, variable, dataId: undefined, stamp: -1, entry: undefined }))
  }

  /** Before a run: values assigned outside are sent to the session; the first time, all values. */
  upload(): void {
    if (this.#held.every(held => this.#isCurrent(held))) return
    if (this.#held.some(held => this.#isSharedByOthers(held))) this.settle()
    const tensors = this.#held.map(({ variable }) => variable as Tensor)
    const ids = this.backend.getInputTensorIds(tensors)
    const feeds = this.#held.map(({ name }) => this.names.feeds[name]!).join()
    this.#drop(this.session.run(ids, feeds, this.names.written))
    for (const held of this.#held) {
      held.dataId = held.variable.dataId
      held.stamp = this.#entryOf(held.variable)?.stamp ?? -1
      held.entry = undefined
    }
  }

  /** Before a run that changes these variables: tensors that share their data get their own values. */
  detach(changed: ReadonlySet<string>): void {
    if (this.#held.some(held => changed.has(held.name) && this.#isSharedByOthers(held))) this.settle()
  }

  /** After such a run: the variables hold the session's values, fetched on demand. */
  markChanged(changed: ReadonlySet<string>): void {
    for (const held of this.#held) {
      if (!changed.has(held.name)) continue
      const entry = this.#entryOf(held.variable)
      if (entry && entry === held.entry && entry.refCount === 1) {
        const id = entry.empty(this)
        if (id !== undefined) this.backend.binding.deleteTensor(id)
      } else this.#makeLazy(held)
      held.stamp = held.entry!.stamp
    }
  }

  /** Fetches everything that is only in the session. */
  settle(): void {
    if (!this.#held.some(isWaiting)) return
    // All at once: each set of fetched names costs TensorFlow a pass over the graph, and no value is copied.
    const raw = this.session.run([], '', this.#held.map(({ name }) => this.names.reads[name]!).join())
    for (const [i, held] of this.#held.entries()) {
      if (isWaiting(held)) held.entry!.fill(raw[i]!.id)
      else this.backend.binding.deleteTensor(raw[i]!.id)
    }
  }

  /** True if clones, or variables assigned from this one, await the session's current value. */
  #isSharedByOthers(held: Held): boolean {
    const { variable, entry } = held
    const own = !variable.isDisposed && this.#entryOf(variable) === entry ? 1 : 0
    return isWaiting(held) && entry!.refCount > own
  }

  #isCurrent({ variable, dataId, stamp }: Held): boolean {
    return variable.dataId === dataId && (this.#entryOf(variable)?.stamp ?? -1) === stamp
  }

  #entryOf({ dataId }: Variable): LazyEntry | undefined {
    const entry = this.backend.tensorMap.has(dataId) ? this.backend.tensorMap.get(dataId) : undefined
    return entry instanceof LazyEntry ? entry : undefined
  }

  #makeLazy(held: Held): void {
    const { variable } = held
    const dataId: DataId = {}
    const entry = new LazyEntry([...variable.shape], toTypeNumber(variable.dtype as DType), this)
    this.backend.tensorMap.set(dataId, entry)
    const tensor = this.#engine.makeTensorFromTensorInfo({ dataId, shape: [...variable.shape], dtype: variable.dtype })
    variable.assign(tensor as never)
    tensor.dispose()
    held.dataId = dataId
    held.entry = entry
  }

  #drop(raw: readonly RawTensor[]): void {
    for (const { id } of raw) this.backend.binding.deleteTensor(id)
  }
}

/** True if a holder of the session's value has not fetched it yet. */
function isWaiting({ entry }: Held): boolean {
  return entry !== undefined && !entry.isFilled && entry.refCount > 0
}
