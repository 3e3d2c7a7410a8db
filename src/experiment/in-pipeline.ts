/** Errors learn where in the experiment they happened. */
import { MillraceError, type Place } from '../errors/index.js'
import type { Experiment } from './experiment.js'

/** Does the work; an error of Millrace's gets the pipeline's key in the experiment, and the batch and line where it knows none. */
export async function inPipeline<T>(experiment: Experiment, pipeline: string, batch: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw placed(error, experiment, { pipeline, batch })
  }
}

/** The same for work that waits for nothing. */
export function inPipelineNow<T>(experiment: Experiment, pipeline: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw placed(error, experiment, { pipeline })
  }
}

/** A pipeline written in TypeScript may have no name of its own: the key it has here is what its author knows it by. */
function placed(error: unknown, { sources }: Experiment, { pipeline, batch }: Place & { readonly pipeline: string }): unknown {
  if (!(error instanceof MillraceError)) return error
  const source = error.place.action && sources?.[pipeline]?.[error.place.action.number - 1]
  const place = { ...(batch === undefined ? {} : { batch }), ...(source ? { source } : {}), ...error.place, pipeline }
  return new MillraceError(error.code, error.details, place, error.cause)
}
