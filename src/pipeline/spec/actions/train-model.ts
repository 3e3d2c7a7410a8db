import { type ActionRow, feedSchema, fetchesSchema, modeSchema, nameSchema, saveToSchema } from '../action-row.js'

/** BatchFlow's `train_model`. */
export const trainModel: ActionRow = {
  summary: 'does one optimization step of a model on the batch',
  schema: {
    type: 'object',
    properties: {
      name: nameSchema('the model'),
      feed: feedSchema,
      fetches: fetchesSchema,
      saveTo: saveToSchema,
      mode: modeSchema,
    },
    required: ['name', 'feed'],
    additionalProperties: false,
    dependentRequired: { fetches: ['saveTo'], saveTo: ['fetches'], mode: ['saveTo'] },
  },
  uses: ({ name }) => [{ kind: 'model', name: name as string, path: ['name'] }],
}
