/** Batches with some of the actions done: what is left to do once a batch's turn has come. */
import type { SourceBatch } from '../description/contracts.js'
import { SkipBatch, StopPipeline } from './actions/control.js'
import type { BatchRun } from './execution/batch-run.js'
import { doActions } from './execution/execute.js'
import type { PreparedAction } from './execution/prepare.js'
import type { Profile } from './profile.js'
import type { Session, Walk } from './session/session.js'
import { giveTurn, isTurnDue } from './turn.js'

/** Where batches come from: the dataset, or batches made of others. */
export interface BatchSource {
  /** The next one, or undefined at the end. */
  next(): Promise<BatchRun | undefined>
  close(free: (batch: SourceBatch) => void): void
}

/** What the stages of one walk share. */
export interface StageContext {
  readonly session: Session
  readonly walk: Walk
  readonly signal: AbortSignal | undefined
  /** Where it is noted what each action costs, once somebody asks. */
  profile: Profile | undefined
  /** What becomes of an error: thrown, unless the run goes on without the batch. */
  readonly onError: (error: unknown) => void
}

export class Stage implements BatchSource {
  #ended = false

  constructor(
    readonly source: BatchSource,
    readonly actions: readonly PreparedAction[],
    readonly context: StageContext,
  ) {}

  async next(): Promise<BatchRun | undefined> {
    const { signal } = this.context
    while (!this.#ended) {
      if (isTurnDue()) await giveTurn()
      signal?.throwIfAborted()
      const run = await this.#take()
      if (run === 'left out') continue
      if (run === undefined) this.#ended = true
      return run
    }
    return undefined
  }

  close(free: (batch: SourceBatch) => void): void {
    this.#ended = true
    this.source.close(free)
  }

  async #take(): Promise<BatchRun | undefined | 'left out'> {
    const { session, walk, signal, profile, onError } = this.context
    let run: BatchRun | undefined
    try {
      run = await this.source.next()
      if (run === undefined || this.actions.length === 0) return run
      const under = run
      await session.exclusive(() => doActions(this.actions, { session, phase: 'batch', run: under, walk, signal, profile }))
      return run
    } catch (error) {
      if (run) freeBatch(run.batch)
      if (error instanceof StopPipeline) return undefined
      if (!(error instanceof SkipBatch)) onError(error)
      return 'left out'
    } finally {
      run?.end()
    }
  }
}

/** Frees what a batch holds outside JavaScript's memory: components with a `dispose`, tensors as a rule. */
export function freeBatch(batch: SourceBatch): void {
  for (const name of batch.componentNames) {
    const value = batch.get(name) as { dispose?: () => void } | undefined
    if (typeof value?.dispose === 'function') value.dispose()
  }
}
