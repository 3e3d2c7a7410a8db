import type { ActionRow } from '../action-row.js'

/** BatchFlow's `StopPipeline`. */
export const stopPipeline: ActionRow = {
  summary: 'ends the run as if this batch had not come',
  schema: { type: 'object', properties: {}, required: [], additionalProperties: false },
}
