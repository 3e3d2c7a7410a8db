/** One iteration over a pipeline's dataset: its position, and what observes it. */
import { fail } from '../../errors/index.js'
import { type Notifier, openNotifier } from '../../notifier/index.js'
import { declaredNames } from '../description/content/declared-names.js'
import type { BatchOrder, OrderState } from '../description/contracts.js'
import { freeBatch } from './batches/outcome.js'
import { endRun, type Phase, startRun, startSession, withLocation } from './execution/execute.js'
import { preparePipeline } from './execution/prepare.js'
import { checkRunOptions, type RunOptions } from './execution/run-options.js'
import { Scope } from './execution/scope.js'
import { Profile } from './profile.js'
import type { Session } from './session/session.js'
import type { IterationState, RebatchState, Walk } from './session/stepping.js'
import { evaluate } from './values/evaluate.js'

/** What an iteration changes as it proceeds. */
interface Moving {
  order: OrderState
  readonly rebatches: RebatchState[]
  ended: boolean
  stopped: boolean
}

export class Iteration {
  readonly walk: Walk & Required<Pick<Walk, 'dataset' | 'kept'>>
  readonly at: Moving
  notifier: Notifier | undefined
  profile: Profile | undefined
  readonly #openOrder: (state: OrderState | undefined) => BatchOrder
  #unused: BatchOrder | undefined
  #hasBegun = false
  #timesFreed = 0
  #halt = new AbortController()

  /** With their defaults. */
  readonly options: ReturnType<typeof checkRunOptions>

  /**
   * With a state, it continues where another stopped, and actions at the start of a run are not repeated.
   *
   * @throws MillraceError those of the options and of the dataset's order
   */
  constructor(
    readonly session: Session,
    readonly written: RunOptions,
    readonly from?: IterationState,
    /** True for a run from start to end; false for `nextBatch`, between whose calls models may be reset. */
    readonly isWhole = false,
  ) {
    try {
      this.options = checkRunOptions(written)
      const { seed, reset } = this.options
      const { seed: _, prefetch: __, signal: ___, ignoreErrors: ____, reset: _____, profile, notifier, ...iterate } = written
      if (!from) session.reset(new Set([reset].flat()))
      const dataset = new Scope(session).requireDataset(evaluate)
      const { length } = dataset
      if (from?.length !== undefined && from.length !== length)
        fail('state-other-length', { dataset: dataset.name, length, before: from.length })
      this.#openOrder = state => dataset.openOrder(iterate, seed, state)
      const order = this.#openOrder(from?.order)
      this.#unused = order
      this.walk = { dataset, seed, total: order.total, kept: new Map(Object.entries(from?.kept ?? {})) }
      const rebatches = preparePipeline(session.spec)
        .stages.slice(1)
        .map((_, i) => ({ produced: 0, rest: [], ...from?.rebatches[i] }))
      this.at = { order: order.state, rebatches, ended: from?.ended ?? false, stopped: from?.stopped ?? false }
      this.watch({ profile, notifier })
    } catch (error) {
      throw withLocation('run-failed', error, { pipeline: session.name })
    }
  }

  /**
   * The iteration that continues this one with batches of another size. It takes over what this one keeps, which is neither used nor closed
   * afterwards.
   */
  resized(batchSize: number): Iteration {
    const written = { ...this.written, batchSize, profile: undefined, notifier: undefined }
    const next = new Iteration(this.session, written, this.#hasBegun ? this.state : this.from)
    next.#hasBegun = this.#hasBegun
    next.profile = this.profile
    next.notifier = this.notifier
    return next
  }

  get state(): IterationState {
    const { order, rebatches, ended, stopped } = this.at
    return {
      order,
      length: this.walk.dataset.length,
      rebatches: rebatches.map(state => ({ ...state })),
      ended,
      ...(stopped && { stopped }),
      kept: Object.fromEntries(this.walk.kept),
    }
  }

  /** Starts to measure the run and report its progress, if requested and not started yet. */
  watch({ profile, notifier }: Pick<RunOptions, 'profile' | 'notifier'>): void {
    const { session } = this
    if (profile && !this.profile) {
      session.profile = new Profile(session.spec)
      this.profile = session.profile
    }
    this.notifier ??= openNotifier(notifier, {
      name: session.name,
      // The number of batches made from others is unknown.
      total: this.at.rebatches.length > 0 ? null : this.walk.total,
      variables: declaredNames(session.spec, 'variable'),
      read: name => session.variables.get(name),
    })
  }

  /** The order at the last batch returned. */
  takeOrder(): BatchOrder {
    const order = this.#unused ?? this.#openOrder(this.at.order)
    this.#unused = undefined
    return order
  }

  /** What all actions share. */
  pass(signal: AbortSignal): Omit<Phase, 'phase'> {
    const { session, walk, profile } = this
    return { session, walk, signal, profile }
  }

  /** True if a batch can be made: variables or models may have been reset since the last one. */
  get isReady(): boolean {
    return this.#hasBegun && this.session.started
  }

  /** @throws MillraceError `models-freed` if a whole run would go on with new models */
  async begin(signal: AbortSignal): Promise<void> {
    const { session, profile } = this
    await session.exclusive(async () => {
      if (this.isWhole && this.#hasBegun && this.#timesFreed !== session.timesFreed) fail('models-freed', {}, { pipeline: session.name })
      this.#timesFreed = session.timesFreed
      await startSession(session, this.#hasBegun ? undefined : this.walk.seed, profile)
      if (!this.from && !this.#hasBegun) await startRun(this.pass(signal))
    })
    this.#hasBegun = true
  }

  async end(signal: AbortSignal): Promise<void> {
    this.at.ended = true
    await this.session.exclusive(() => endRun(this.pass(signal)))
  }

  /** The signal of a new subscription, which `abort` aborts. */
  halt(): AbortSignal {
    if (this.#halt.signal.aborted) this.#halt = new AbortController()
    return this.#halt.signal
  }

  /** Abandons the batch under way; a new subscription continues with the batch after it. */
  abort(reason: unknown): void {
    this.#halt.abort(reason)
  }

  /** True since `abort`, until a new subscription. */
  get isAborted(): boolean {
    return this.#halt.signal.aborted
  }

  /** Notes that `StopPipeline` is the reason of the end to come. */
  stop(): void {
    this.at.stopped = true
  }

  /** Ends an iteration that its batches did not end. */
  async finish(signal: AbortSignal = new AbortController().signal): Promise<void> {
    if (this.at.ended || !(this.from || this.#hasBegun)) return
    if (!this.isReady) await this.begin(signal)
    await this.end(signal)
    await this.notifier?.end()
  }

  /** Frees what is kept between batches. */
  close(): void {
    for (const state of this.at.rebatches) {
      state.rest.forEach(freeBatch)
      state.rest = []
    }
    this.notifier?.close()
  }
}
