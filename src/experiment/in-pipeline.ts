/** Adds to errors where in the experiment they happened. */
import { type ErrorLocation, MillraceError } from '../errors/index.js'

/** Performs the work; a MillraceError gets the pipeline's key in the experiment, and the batch and line if it has none. */
export async function inPipeline<T>(pipeline: string, batch: number | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw withPipeline(error, { pipeline, ...(batch === undefined ? {} : { batch }) })
  }
}

/** The same for synchronous work. */
export function inPipelineNow<T>(pipeline: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw withPipeline(error, { pipeline })
  }
}

/** A pipeline written in TypeScript may have no name of its own: its author knows it by its key here. */
function withPipeline(error: unknown, { pipeline, batch }: ErrorLocation & { readonly pipeline: string }): unknown {
  if (!(error instanceof MillraceError)) return error
  const location = { ...(batch === undefined ? {} : { batch }), ...error.location, pipeline }
  return new MillraceError(error.code, error.details, location, error.cause)
}
