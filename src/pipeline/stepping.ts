/** `nextBatch`: one run taken a batch at a time, its position kept between the calls. */
import { fail } from '../errors/index.js'
import { runBatches } from './run/run-batches.js'
import type { RunOptions } from './run/run-options.js'
import type { Session } from './run/session.js'
import type { SourceBatch } from './spec/contracts.js'

export async function stepBatch(session: Session, given: Partial<RunOptions> | undefined): Promise<SourceBatch> {
  given?.signal?.throwIfAborted()
  const options = given === undefined || Object.keys(given).every(key => key === 'signal') ? undefined : printOptions(given)
  if (session.stepping === undefined) {
    if (given?.batchSize === undefined) fail('no-batch-size', undefined, { pipeline: session.name })
    const { signal: _, epochs, ...rest } = given as RunOptions
    const endless = epochs === undefined && rest.iterations === undefined ? null : epochs
    session.stepping = { options: options!, iterator: runBatches(session, { ...rest, epochs: endless }), produced: 0 }
  } else if (options !== undefined && options !== session.stepping.options) {
    fail('changed-options', { seen: options, started: session.stepping.options }, { pipeline: session.name })
  }
  const { stepping } = session
  const next = await stepping.iterator.next()
  if (next.done) return fail('end-of-data', { produced: stepping.produced }, { pipeline: session.name })
  stepping.produced++
  return next.value as SourceBatch
}

function printOptions({ signal: _, ...options }: Partial<RunOptions>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))))
}
