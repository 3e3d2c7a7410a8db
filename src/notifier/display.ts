import type { History } from './history.js'
import type { NotifierEvent } from './notifier-options.js'

/** A display of events. */
export interface Display {
  show(event: NotifierEvent, history: ReadonlyMap<string, History>): void
  /** Leaves a clean line for other output, usually an error. */
  pause?(): void
  /** No further event follows. */
  close?(): void
}
