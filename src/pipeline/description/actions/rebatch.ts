import { type ActionRow, anyValue } from '../action-row.js'

/** BatchFlow's `rebatch`. */
export const rebatch: ActionRow = {
  summary: 'makes batches of another size of those that come: actions behind it get these',
  schema: {
    type: 'object',
    properties: {
      batchSize: { ...anyValue, description: 'items in a batch, a whole number from 1, or an expression' },
      components: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'the components that are kept (default: all)' },
    },
    required: ['batchSize'],
    additionalProperties: false,
  },
  changesBatches: true,
}
