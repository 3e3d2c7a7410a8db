import { type ActionRow, anyValue } from '../action-row.js'
import { blockSchema } from '../block-schema.js'

/** BatchFlow's `pipeline @ probability`. */
export const sometimes: ActionRow = {
  summary: 'does some actions with a probability, drawn for each batch',
  schema: {
    type: 'object',
    properties: {
      probability: { ...anyValue, description: 'a number from 0 (never) to 1 (always), or an expression' },
      actions: blockSchema('what is done or left out, all of it together'),
    },
    required: ['probability', 'actions'],
    additionalProperties: false,
  },
  blocks: ['actions'],
  allowedInBeforeAfter: true,
  batchLocal: true,
}
