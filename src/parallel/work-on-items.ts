/** The entry of this room: works on the items of a batch, in this thread or in several; failures are thrown as one error. */
import { fail, MillraceError } from '../errors/index.js'
import type { ItemFailure, ItemFunction, ItemResults, ItemWork, ParallelOptions } from './item-work.js'
import { functionReference, loadFunction } from './module-function.js'
import { runInThreads } from './run-in-threads.js'
import { runItems } from './run-items.js'

export interface WorkOnItemsOptions {
  /** The function, for this thread. Default: the module's. */
  readonly fn?: ItemFunction | undefined
  /** The name of the function in errors. */
  readonly name: string
  readonly parallel: ParallelOptions
  /** The ids of the items, for errors. */
  readonly ids: readonly unknown[]
  readonly signal?: AbortSignal | undefined
}

/**
 * Returns the results of a function per item, in the items' order. They do not depend on threads or concurrency.
 *
 * @throws MillraceError `items-failed` with the ids and the first cause, after all items were worked on; those of modules and threads
 */
export async function workOnItems(work: ItemWork, options: WorkOnItemsOptions): Promise<ItemResults['items']> {
  const { fn, name, parallel, ids, signal } = options
  const { workers = 0, concurrency = 1 } = parallel
  const reference = functionReference(parallel)
  if (workers > 0 && reference === undefined) fail('needs-module', { name })
  const results =
    workers > 0 && work.count > 0
      ? await runInThreads(reference!, work, { workers, signal })
      : await runItems(fn ?? (await loadFunction(reference!)), work, { concurrency, signal })
  if (results.failures.length > 0) throw together(results.failures, work.count, ids)
  return results.items
}

/** One error for all. If every item fails with the same MillraceError, as for a wrong option, that error is thrown. */
function together(failures: readonly ItemFailure[], of: number, ids: readonly unknown[]): unknown {
  const [{ error: first }] = failures as readonly [ItemFailure]
  const message = first instanceof Error ? first.message : String(first)
  const same = ({ error }: ItemFailure) => error instanceof MillraceError && error.message === message
  if (failures.length === of && failures.every(same)) return first
  return new MillraceError('items-failed', { ids: failures.map(({ position }) => String(ids[position])), of, message }, {}, first)
}
