import { options } from '../../../options/index.js'
import { action } from '../action-row.js'

/** BatchFlow's `SkipBatchException`. */
export const skipBatch = action({
  summary: 'skips this batch: later actions do not run, and the batch is not emitted',
  args: options({}),
  batchLocal: true,
})
