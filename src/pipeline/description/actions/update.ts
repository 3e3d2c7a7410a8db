import { type ActionRow, anyValue, modeSchema, saveToSchema } from '../action-row.js'

/** BatchFlow's `update`. */
export const update: ActionRow = {
  summary: 'saves a value to a variable, a component or an item of one',
  schema: {
    type: 'object',
    properties: {
      dst: saveToSchema,
      value: { ...anyValue, description: 'the value, an expression as a rule' },
      mode: modeSchema,
    },
    required: ['dst', 'value'],
    additionalProperties: false,
  },
  once: true,
  pure: true,
}
