/** What a variable holds while its value lives in a session: it is fetched when somebody asks. */
import type { NodeBackend, TensorEntry } from '../backend.js'

/** An entry of the backend's table whose tensor is fetched on demand. */
export class LazyEntry implements TensorEntry {
  values = null
  refCount = 1
  /** Grows with each change of the value in the session. */
  stamp = 0
  #id: number | undefined

  constructor(
    readonly shape: number[],
    readonly dtype: number,
    /** Who keeps the value. */
    readonly owner: object,
    /** Fetches this entry's tensor, by `fill`. */
    readonly fetch: () => void,
  ) {}

  /** Whether the value has been fetched. */
  get isFilled(): boolean {
    return this.#id !== undefined
  }

  /** TensorFlow's id of the value. */
  get id(): number {
    if (this.#id === undefined) this.fetch()
    return this.#id!
  }

  fill(id: number): void {
    this.#id = id
  }

  /** Forgets the value, which has changed. Gives the id of its tensor, if there is one. */
  empty(): number | undefined {
    const id = this.#id
    this.#id = undefined
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
    entry.refCount--
    if (!force && entry.refCount > 0) return false
    backend.tensorMap.delete(dataId)
    return true
  }
}
