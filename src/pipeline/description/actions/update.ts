import { type ActionRow, anyValue, destinationSchema, modeSchema } from '../action-row.js'

/** BatchFlow's `update`. */
export const update: ActionRow = {
  summary: 'saves a value to a variable, a component or an item of one',
  schema: {
    type: 'object',
    properties: {
      dst: destinationSchema,
      value: { ...anyValue, description: 'the value, an expression as a rule' },
      mode: modeSchema,
    },
    required: ['dst', 'value'],
    additionalProperties: false,
  },
  allowedInBeforeAfter: true,
  batchLocal: true,
}
