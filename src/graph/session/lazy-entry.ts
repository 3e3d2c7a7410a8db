/** What a variable holds while its value lives in a session: it is fetched on demand. */
import type { NodeBackend, TensorEntry } from '../backend.js'

/** The keeper of values, which fetches them into their entries. */
export interface Keeper {
  settle(): void
}

/** An entry of the backend's table whose tensor is fetched on demand. */
export class LazyEntry implements TensorEntry {
  values = null
  refCount = 1
  /** Increases with each change of the value in the session. */
  stamp = 0
  #id: number | undefined
  /** The keeper of the value until it is fetched; afterwards an unused session can be collected. */
  #keeper: Keeper | undefined

  constructor(
    readonly shape: number[],
    readonly dtype: number,
    keeper: Keeper,
  ) {
    this.#keeper = keeper
  }

  /** True if the value has been fetched. */
  get isFilled(): boolean {
    return this.#id !== undefined
  }

  /** TensorFlow's id of the value. */
  get id(): number {
    this.#keeper?.settle()
    return this.#id!
  }

  fill(id: number): void {
    this.#id = id
    this.#keeper = undefined
  }

  /** Drops the value, which has changed and now belongs to the keeper. Returns the id of its tensor, if any. */
  empty(keeper: Keeper): number | undefined {
    const id = this.#id
    this.#id = undefined
    this.#keeper = keeper
    this.stamp++
    return id
  }
}

const prepared = new WeakSet<NodeBackend>()

/** Lets the backend dispose lazy entries without fetching them first. */
export function prepareBackend(backend: NodeBackend): void {
  if (prepared.has(backend)) return
  prepared.add(backend)
  const { disposeData } = backend
  backend.disposeData = (dataId, force = false) => {
    const entry = backend.tensorMap.has(dataId) ? backend.tensorMap.get(dataId) : undefined
    if (!(entry instanceof LazyEntry) || entry.isFilled) return disposeData.call(backend, dataId, force)
    entry.refCount = force ? 0 : entry.refCount - 1
    if (!force && entry.refCount > 0) return false
    backend.tensorMap.delete(dataId)
    return true
  }
}
