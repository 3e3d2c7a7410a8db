import { type ActionRow, anyValue, nameSchema } from '../action-row.js'

/** BatchFlow's `load_model`. */
export const loadModel: ActionRow = {
  summary: 'reads a model from a folder: for each batch, or once in before or after',
  schema: {
    type: 'object',
    properties: {
      name: nameSchema('the name other actions call it by'),
      path: { ...anyValue, description: 'the folder saveModel wrote, or an expression that gives it' },
    },
    required: ['name', 'path'],
    additionalProperties: false,
  },
  declares: ({ name }) => [{ kind: 'model', name: name as string }],
  allowedInBeforeAfter: true,
  ignoresBatch: true,
}
