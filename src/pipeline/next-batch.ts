/** `nextBatch`: takes an iteration one batch at a time and keeps its position between calls. */
import { fail } from '../errors/index.js'
import type { SourceBatch } from './description/contracts.js'
import { batchesOf } from './run/batches/batches-of.js'
import { cursorOn } from './run/batches/cursor.js'
import { serially } from './run/batches/serially.js'
import type { GivenRunOptions, RunOptions } from './run/execution/run-options.js'
import { toRunOptions } from './run/execution/to-run-options.js'
import { Iteration } from './run/iteration.js'
import type { Session } from './run/session/session.js'
import type { NextBatchCursor, SteppingState } from './run/session/stepping.js'
import { endlessUnlessTold } from './run-arguments.js'

export async function nextBatch(session: Session, given: GivenRunOptions = {}): Promise<SourceBatch> {
  const { signal: stop, ...rest } = given
  const signal = stop as AbortSignal | undefined
  signal?.throwIfAborted()
  const { batchSize } = rest
  if (session.stepping === undefined || Object.keys(rest).length > 0) {
    const options = toRunOptions(session, rest)
    if (session.stepping === undefined) {
      if (options.batchSize === undefined) fail('no-batch-size', undefined, { pipeline: session.name })
      session.stepping = openNextBatch(session, options as RunOptions)
    } else if (!isSameIteration(options, session.stepping.options)) {
      const [seen, started] = [printOptions(options), printOptions(session.stepping.options)]
      fail('changed-options', { seen, started }, { pipeline: session.name })
    } else session.stepping.watch(options)
    return session.stepping.next(batchSize === undefined ? undefined : options.batchSize, signal)
  }
  return session.stepping.next(undefined, signal)
}

/** The cursor of a new iteration, or of one that continues from a saved position. */
export function openNextBatch(session: Session, options: RunOptions, from?: SteppingState): NextBatchCursor {
  let kept = options
  let iteration = new Iteration(session, endlessUnlessTold(options), from?.walk)
  let cursor = cursorOn(batchesOf(iteration))
  const between = serially()
  let produced = from?.produced ?? 0
  const resize = (batchSize: number) => {
    const resized = iteration.resized(batchSize)
    cursor.close()
    iteration = resized
    cursor = cursorOn(batchesOf(iteration))
    kept = { ...kept, batchSize }
  }
  const next = async (signal: AbortSignal | undefined) => {
    signal?.throwIfAborted()
    if (iteration.isAborted) cursor.restart()
    const abort = () => iteration.abort(signal!.reason)
    signal?.addEventListener('abort', abort, { once: true })
    try {
      return await cursor.next()
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }
  const take = async (batchSize: number | undefined, signal: AbortSignal | undefined) => {
    if (batchSize !== undefined && batchSize !== kept.batchSize) resize(batchSize)
    const outcome = await next(signal)
    if (outcome?.kind === 'E') throw outcome.error
    if (outcome?.kind !== 'N')
      return fail('end-of-data', { produced, ...(iteration.at.stopped && { stopped: true }) }, { pipeline: session.name })
    produced++
    return outcome.value.batch
  }
  return {
    get options() {
      return kept
    },
    get isStopped() {
      return iteration.at.stopped && iteration.at.ended
    },
    get state() {
      return { options: JSON.parse(printOptions(kept)), produced, walk: iteration.state }
    },
    next: (batchSize, signal) => between(() => take(batchSize, signal)),
    between,
    watch: options => iteration.watch(options),
    finish: signal =>
      between(async () => {
        cursor.close()
        await iteration.finish(signal)
      }),
    close: () => {
      cursor.close()
      iteration.close()
    },
  }
}

/** True if all options but the batch size are the same. Functions print alike; they are the same order only if they are the same function. */
function isSameIteration(options: Partial<RunOptions>, started: RunOptions): boolean {
  if ([options.shuffle, started.shuffle].some(shuffle => typeof shuffle === 'function') && options.shuffle !== started.shuffle) return false
  return printOptions({ ...options, batchSize: 0 }) === printOptions({ ...started, batchSize: 0 })
}

/** Options for watching a run do not change its batches. */
function printOptions({ signal: _, profile: __, notifier: ___, ...options }: Partial<RunOptions>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))))
}
