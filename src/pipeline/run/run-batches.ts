/** A whole run: each batch is pulled, worked on, given out, and freed when the next is asked for (or by the caller). */
import type { SourceBatch } from '../description/contracts.js'
import type { RunOptions } from './execution/run-options.js'
import type { Session } from './session/session.js'
import { freeBatch } from './stage.js'
import { Steps } from './steps.js'

export async function* runBatches(
  session: Session,
  options: RunOptions,
  free: (batch: SourceBatch) => void = freeBatch,
): AsyncGenerator<SourceBatch, void> {
  const steps = new Steps(session, options)
  try {
    for (let batch = await steps.next(); batch !== undefined; batch = await steps.next()) {
      try {
        yield batch
      } finally {
        free(batch)
      }
    }
  } finally {
    steps.close()
  }
}
