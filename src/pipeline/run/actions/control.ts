/** What a function of the user's throws to leave out a batch or to end a run. Neither is an error. */

/**
 * Leaves out this batch: no action behind it is done, and nobody gets it.
 *
 * @example
 * pipeline.call(batch => {
 *   if (batch.length < 2) throw new SkipBatch()
 * })
 *
 * BatchFlow: `SkipBatchException`. Without code: `.if(B.size.lt(2), p => p.skipBatch())`.
 */
export class SkipBatch extends Error {
  override readonly name = 'SkipBatch'
}

/**
 * Ends the run as if this batch had not come: what stands in `after` is done, nothing is thrown.
 *
 * @example
 * pipeline.call(() => {
 *   if (losses.at(-1)! < 0.01) throw new StopPipeline()
 * })
 *
 * BatchFlow: `StopPipeline`.
 */
export class StopPipeline extends Error {
  override readonly name = 'StopPipeline'
}

export const isControl = (error: unknown): boolean => error instanceof SkipBatch || error instanceof StopPipeline
