/** `nextBatch`: one run taken a batch at a time, its position kept between the calls. */
import { fail } from '../errors/index.js'
import type { SourceBatch } from './description/contracts.js'
import { type GivenRunOptions, type RunOptions, toRunOptions } from './run/execution/run-options.js'
import type { Session, SteppingState } from './run/session/session.js'
import { freeBatch } from './run/stage.js'
import { Steps } from './run/steps.js'
import { endlessUnlessTold } from './run-arguments.js'

export async function stepBatch(session: Session, given: GivenRunOptions = {}): Promise<SourceBatch> {
  const { signal, ...rest } = given
  ;(signal as AbortSignal | undefined)?.throwIfAborted()
  const told = Object.keys(rest).length > 0
  if (session.stepping !== undefined && !told) return session.stepping.next()
  const options = toRunOptions(session, rest)
  if (session.stepping === undefined) {
    if (options.batchSize === undefined) fail('no-batch-size', undefined, { pipeline: session.name })
    session.stepping = new Stepping(session, options as RunOptions)
  } else if (!isSameWalk(options, session.stepping.options)) {
    const [seen, started] = [printOptions(options), printOptions(session.stepping.options)]
    fail('changed-options', { seen, started }, { pipeline: session.name })
  } else session.stepping.watch(options)
  return session.stepping!.next()
}

export class Stepping {
  readonly #steps: Steps
  #produced: number
  #given: SourceBatch | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    readonly session: Session,
    /** What it was started with, to be compared with what later calls say. */
    readonly options: RunOptions,
    from?: SteppingState,
  ) {
    this.#steps = new Steps(session, endlessUnlessTold(options), from?.walk)
    this.#produced = from?.produced ?? 0
  }

  /** Where it stands between two calls: enough to go on in another process. */
  get state(): SteppingState {
    return { options: JSON.parse(printOptions(this.options)), produced: this.#produced, walk: this.#steps.state }
  }

  /** The next batch; calls that overlap are served in order. The batch given out before is freed. */
  next(): Promise<SourceBatch> {
    return this.between(() => this.#take())
  }

  /** Does something when the calls before it are served, and before those behind it. */
  between<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work)
    this.#last = result.catch(() => undefined)
    return result
  }

  /** One that was restored is watched from the first call that asks. */
  watch(options: Pick<RunOptions, 'profile' | 'notifier'>): void {
    this.#steps.watch(options)
  }

  close(): void {
    this.#free()
    this.#steps.close()
  }

  #free(): void {
    if (this.#given !== undefined) freeBatch(this.#given)
    this.#given = undefined
  }

  async #take(): Promise<SourceBatch> {
    this.#free()
    this.#given = await this.#steps.next()
    if (this.#given === undefined) return fail('end-of-data', { produced: this.#produced }, { pipeline: this.session.name })
    this.#produced++
    return this.#given
  }
}

/** Two functions read the same in words; they are the same order only where they are one function. */
function isSameWalk(options: Partial<RunOptions>, started: RunOptions): boolean {
  if ([options.shuffle, started.shuffle].some(shuffle => typeof shuffle === 'function') && options.shuffle !== started.shuffle) return false
  return printOptions(options) === printOptions(started)
}

/** How it is watched is no matter of which batches come. */
function printOptions({ signal: _, profile: __, notifier: ___, ...options }: Partial<RunOptions>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))))
}
