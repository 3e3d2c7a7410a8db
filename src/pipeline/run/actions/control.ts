/** What a user's function throws to skip a batch or end a run. Neither is an error. */

/**
 * Skips this batch: later actions do not run, and the batch is not returned.
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
 * Ends the run before this batch: the actions of `after` run, and nothing is thrown.
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
