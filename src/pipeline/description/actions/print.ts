import { type ActionRow, anyValue } from '../action-row.js'

/** BatchFlow's `print`. */
export const print: ActionRow = {
  summary: 'writes values in one line: for each batch, or once in before or after',
  schema: {
    type: 'object',
    properties: {
      values: { type: 'array', items: anyValue, description: 'what is written: texts, expressions, objects as key=value' },
      label: { type: 'string', description: 'what stands before them' },
    },
    required: ['values'],
    additionalProperties: false,
  },
  allowedInBeforeAfter: true,
}
