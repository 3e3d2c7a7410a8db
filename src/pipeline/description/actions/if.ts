import { type ActionRow, anyValue } from '../action-row.js'
import { blockSchema } from '../block-schema.js'

/** Branches. BatchFlow has none for actions, only `IF` for values. */
export const ifRow: ActionRow = {
  summary: 'does some actions where a condition holds, and others where it does not',
  schema: {
    type: 'object',
    properties: {
      condition: { ...anyValue, description: 'an expression: 0, false, null and empty text do not hold' },
      // biome-ignore lint/suspicious/noThenProperty: a list of actions, never awaited
      then: blockSchema('done where the condition holds'),
      else: blockSchema('done where it does not'),
    },
    required: ['condition', 'then'],
    additionalProperties: false,
  },
  blocks: ['then', 'else'],
  allowedInBeforeAfter: true,
  batchLocal: true,
}
