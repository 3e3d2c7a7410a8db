/** `nextBatch`: one run taken a batch at a time, its position kept between the calls. */
import { fail } from '../errors/index.js'
import type { RunOptions } from './run/run-options.js'
import type { Session } from './run/session.js'
import { freeBatch, Steps } from './run/steps.js'
import { endlessUnlessTold } from './run-arguments.js'
import type { SourceBatch } from './spec/contracts.js'

export async function stepBatch(session: Session, given: Partial<RunOptions> | undefined): Promise<SourceBatch> {
  given?.signal?.throwIfAborted()
  const options = given === undefined || Object.keys(given).every(key => key === 'signal') ? undefined : printOptions(given)
  if (session.stepping === undefined) {
    if (given?.batchSize === undefined) fail('no-batch-size', undefined, { pipeline: session.name })
    const { signal: _, ...run } = given as RunOptions
    session.stepping = new Stepping(session, endlessUnlessTold(run), options!)
  } else if (options !== undefined && options !== session.stepping.options) {
    fail('changed-options', { seen: options, started: session.stepping.options }, { pipeline: session.name })
  }
  return session.stepping.next()
}

class Stepping {
  readonly #steps: Steps
  #produced = 0
  #given: SourceBatch | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    readonly session: Session,
    run: RunOptions,
    /** What it was started with, to be compared with what later calls say. */
    readonly options: string,
  ) {
    this.#steps = new Steps(session, run)
  }

  /** The next batch; calls that overlap are served in order. The batch given out before is freed. */
  next(): Promise<SourceBatch> {
    const take = () => this.#take()
    const taken = this.#last.then(take, take)
    this.#last = taken.catch(() => undefined)
    return taken
  }

  close(): void {
    this.#steps.close()
  }

  async #take(): Promise<SourceBatch> {
    if (this.#given !== undefined) freeBatch(this.#given)
    this.#given = undefined
    this.#given = await this.#steps.next()
    if (this.#given === undefined) return fail('end-of-data', { produced: this.#produced }, { pipeline: this.session.name })
    this.#produced++
    return this.#given
  }
}

function printOptions({ signal: _, ...options }: Partial<RunOptions>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))))
}
