import { type ActionRow, feedSchema, fetchesSchema, modeSchema, nameSchema, saveToSchema } from './action-row.js'

/** The row of an action that passes the batch through a model: with an optimization step or without. */
export function modelPass(summary: string, required: readonly string[]): ActionRow {
  return {
    summary,
    schema: {
      type: 'object',
      properties: { name: nameSchema('the model'), feed: feedSchema, fetches: fetchesSchema, saveTo: saveToSchema, mode: modeSchema },
      required,
      additionalProperties: false,
      dependentRequired: { fetches: ['saveTo'], saveTo: ['fetches'], mode: ['saveTo'] },
    },
    uses: ({ name }) => [{ kind: 'model', name: name as string, path: ['name'] }],
  }
}
