import { type ActionRow, anyValue, nameSchema } from '../action-row.js'

/** BatchFlow's `save_model`. */
export const saveModel: ActionRow = {
  summary: 'writes a model into a folder: for each batch, or once in before or after',
  schema: {
    type: 'object',
    properties: {
      name: nameSchema('the model'),
      path: { ...anyValue, description: 'the folder, or an expression that gives it; what is there of a saved model is replaced' },
    },
    required: ['name', 'path'],
    additionalProperties: false,
  },
  uses: ({ name }) => [{ kind: 'model', name: name as string, path: ['name'] }],
  allowedInBeforeAfter: true,
  ignoresBatch: true,
}
