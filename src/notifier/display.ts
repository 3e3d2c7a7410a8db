import type { History } from './history.js'
import type { NotifierEvent } from './notifier-options.js'

/** Something that shows events. */
export interface Display {
  show(event: NotifierEvent, history: ReadonlyMap<string, History>): void
  /** Leaves a clean line: something else is about to be written, an error as a rule. */
  pause?(): void
  /** There is nothing more to come. */
  close?(): void
}
