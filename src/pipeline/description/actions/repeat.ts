import { type ActionRow, anyValue } from '../action-row.js'
import { blockSchema } from '../block-schema.js'

/** BatchFlow's `pipeline * n`. */
export const repeat: ActionRow = {
  summary: 'does some actions several times',
  schema: {
    type: 'object',
    properties: {
      times: { ...anyValue, description: 'how often, a whole number from 0, or an expression' },
      actions: blockSchema('what is repeated'),
    },
    required: ['times', 'actions'],
    additionalProperties: false,
  },
  blocks: ['actions'],
  allowedInBeforeAfter: true,
  batchLocal: true,
}
