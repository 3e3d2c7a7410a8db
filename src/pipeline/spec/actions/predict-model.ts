import { type ActionRow, feedSchema, fetchesSchema, modeSchema, nameSchema, saveToSchema } from '../action-row.js'

/** BatchFlow's `predict_model`. */
export const predictModel: ActionRow = {
  summary: 'passes the batch through a model in inference mode',
  schema: {
    type: 'object',
    properties: {
      name: nameSchema('the model'),
      feed: feedSchema,
      fetches: fetchesSchema,
      saveTo: saveToSchema,
      mode: modeSchema,
    },
    required: ['name', 'feed', 'fetches', 'saveTo'],
    additionalProperties: false,
    dependentRequired: { fetches: ['saveTo'], saveTo: ['fetches'], mode: ['saveTo'] },
  },
  uses: ({ name }) => [{ kind: 'model', name: name as string, path: ['name'] }],
}
