/** One walk over a pipeline's dataset, a batch at a time. */
import { type Notifier, openNotifier } from '../../notifier/index.js'
import { declaredNames } from '../description/checks/check-names.js'
import type { OrderState, SourceBatch } from '../description/contracts.js'
import { SkipBatch } from './actions/control.js'
import type { BatchRun } from './execution/batch-run.js'
import { doActions, endRun, placed, startRun, startSession } from './execution/execute.js'
import { preparePipeline } from './execution/prepare.js'
import { checkRunOptions, type RunOptions } from './execution/run-options.js'
import { Scope } from './execution/scope.js'
import { Profile } from './profile.js'
import { Rebatched, type RebatchState } from './rebatched.js'
import type { Session, Walk } from './session/session.js'
import { PulledBatches } from './sources/pull.js'
import { freeBatch, Stage, type StageContext } from './stage.js'

/** Where a walk stands between two batches, whatever was loaded ahead. */
export interface WalkState {
  readonly order: OrderState
  /** One for each `rebatch`, in their order. */
  readonly rebatches: readonly RebatchState[]
  /** Whether the end was reached and what stands in `after` was done. */
  readonly ended: boolean
}

/** Pulls batches and works on them. An error costs the batch it happened on: the next call goes on with the one behind it. */
export class Steps {
  readonly #walk: Walk
  readonly #batches: PulledBatches
  readonly #rebatched: Rebatched[] = []
  readonly #last: Stage
  readonly #context: StageContext
  #notifier: Notifier | undefined
  #begun = false
  #ended: boolean

  /**
   * With a state the walk goes on where another one stood: what is done at the start of a run is not done again.
   *
   * @throws MillraceError those of the options and of the dataset's order
   */
  constructor(
    readonly session: Session,
    options: RunOptions,
    readonly from?: WalkState,
  ) {
    try {
      checkRunOptions(options)
      const { seed = 0, prefetch = 0, signal, ignoreErrors = false, reset = [], profile: _, notifier: __, ...iterate } = options
      if (!from) session.reset(new Set([reset].flat()))
      const dataset = new Scope(session).requireDataset()
      const order = dataset.openOrder(iterate, seed, from?.order)
      const { stages } = preparePipeline(session.spec)
      this.#walk = { dataset, seed, total: order.total }
      this.#ended = from?.ended ?? false
      this.#context = { session, walk: this.#walk, signal, profile: undefined, onError: toErrorHandler(ignoreErrors) }
      const toError = (error: unknown, batch: number) => placed('batch-not-loaded', error, { pipeline: session.name, batch }, signal)
      const createBatch = (positions: Uint32Array) => {
        const make = () => dataset.createBatch(positions)
        return this.#context.profile ? this.#context.profile.load(make) : make()
      }
      this.#batches = new PulledBatches({ createBatch }, order, prefetch, run => this.#workAhead(run), toError)
      let last: Stage | undefined
      for (const { divider, rest } of stages) {
        if (last) this.#rebatched.push(new Rebatched(last, divider!, this.#context, from?.rebatches[this.#rebatched.length]))
        last = new Stage(this.#rebatched.at(-1) ?? this.#batches, rest, this.#context)
      }
      this.#last = last!
      this.watch(options)
    } catch (error) {
      throw placed('run-failed', error, { pipeline: session.name })
    }
  }

  /** Begins to measure the walk and to tell how it goes, where that is asked for and not done yet. */
  watch({ profile, notifier }: Pick<RunOptions, 'profile' | 'notifier'>): void {
    const { session } = this
    if (profile && !this.#context.profile) {
      session.profile = new Profile(session.spec)
      this.#context.profile = session.profile
    }
    this.#notifier ??= openNotifier(notifier, {
      name: session.name,
      // Nobody knows how many batches others can be made of.
      total: this.#rebatched.length > 0 ? null : this.#walk.total,
      variables: declaredNames(session.spec, 'variable'),
      read: name => session.variables.get(name),
    })
  }

  get state(): WalkState {
    return { order: this.#batches.state, rebatches: this.#rebatched.map(({ state }) => state), ended: this.#ended }
  }

  /** The next batch, worked on, or undefined at the end. */
  async next(): Promise<SourceBatch | undefined> {
    if (this.#ended) return undefined
    try {
      const run = await this.#next()
      if (this.#notifier) await this.#tell(this.#notifier, run)
      return run?.batch
    } catch (error) {
      this.#notifier?.pause()
      throw error
    }
  }

  async #next(): Promise<BatchRun | undefined> {
    await this.#begin()
    const { session, profile } = this.#context
    // Variables or models may have been reset since the batch before.
    if (!session.started) await session.exclusive(() => startSession(session, undefined, profile))
    const run = await this.#last.next()
    if (run) return run
    this.#ended = true
    await session.exclusive(() => endRun(this.#context))
    return undefined
  }

  async #tell(notifier: Notifier, run: BatchRun | undefined): Promise<void> {
    try {
      await (run ? notifier.batch(run.number) : notifier.end())
    } catch (error) {
      if (run) freeBatch(run.batch)
      throw error
    }
  }

  /** Ends the walk: what was loaded ahead is freed. */
  close(): void {
    this.#last.close(freeBatch)
    this.#notifier?.close()
  }

  async #begin(): Promise<void> {
    if (this.#begun) return
    const { session, profile } = this.#context
    await session.exclusive(async () => {
      await startSession(session, this.#walk.seed, profile)
      if (!this.from) await startRun(this.#context)
    })
    this.#begun = true
  }

  /** The actions that need nothing but their batch are done while it is loaded. */
  async #workAhead(run: BatchRun): Promise<BatchRun | undefined> {
    const { session, walk, signal, profile } = this.#context
    const { ahead } = preparePipeline(session.spec).stages[0]!
    if (ahead.length === 0) return run
    try {
      await doActions(ahead, { session, phase: 'batch', run, walk, signal, profile })
      return run
    } catch (error) {
      freeBatch(run.batch)
      if (error instanceof SkipBatch) return undefined
      throw error
    }
  }
}

function toErrorHandler(ignoreErrors: NonNullable<RunOptions['ignoreErrors']>): (error: unknown) => void {
  return error => {
    // What was asked to stop is no failure of a batch.
    if (ignoreErrors === false || (error instanceof Error && error.name === 'AbortError')) throw error
    if (typeof ignoreErrors === 'function') ignoreErrors(error)
  }
}
