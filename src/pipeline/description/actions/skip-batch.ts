import type { ActionRow } from '../action-row.js'

/** BatchFlow's `SkipBatchException`. */
export const skipBatch: ActionRow = {
  summary: 'leaves out this batch: no action behind it is done, and nobody gets it',
  schema: { type: 'object', properties: {}, required: [], additionalProperties: false },
  batchLocal: true,
}
