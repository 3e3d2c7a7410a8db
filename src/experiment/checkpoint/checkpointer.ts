/** Writes checkpoints during a run. A checkpoint that cannot be written is reported once and does not end the run. */
import { MillraceError } from '../../errors/index.js'
import type { CheckpointValues } from '../../pipeline/description/experiment-options.js'
import { isDue } from './settings.js'
import type { CheckpointStore, Progress } from './store.js'

export interface CheckpointerOptions<State extends Progress> {
  readonly store: CheckpointStore
  readonly settings: CheckpointValues
  /** Writes the contents of a checkpoint into a new folder. */
  readonly save: (folder: string, state: State) => Promise<void>
  readonly warn: (warning: MillraceError) => void
}

export class Checkpointer<State extends Progress = Progress> {
  #last = performance.now()
  #warned = false

  constructor(readonly options: CheckpointerOptions<State>) {}

  /** Writes a checkpoint at the end of a round, if one is due. */
  async afterRound(state: State): Promise<void> {
    if (isDue(this.options.settings, state.round, (performance.now() - this.#last) / 1000)) await this.write(state)
  }

  /** Writes a checkpoint now. */
  async write(state: State): Promise<void> {
    const { store, settings, save, warn } = this.options
    try {
      await store.write(state, settings.keep, folder => save(folder, state))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (!this.#warned) warn(new MillraceError('checkpoint-not-written', { folder: store.folder, reason }, {}, error) as never)
      this.#warned = true
    }
    this.#last = performance.now()
  }
}
