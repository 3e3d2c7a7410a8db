import { type ActionRow, destinationSchema, feedSchema, fetchesSchema, modeSchema, nameSchema } from './action-row.js'

/** The row of an action that passes the batch through a model: with an optimization step or without. */
export function modelPass(summary: string, required: readonly string[]): ActionRow {
  return {
    summary,
    schema: {
      type: 'object',
      properties: { name: nameSchema('the model'), feed: feedSchema, fetches: fetchesSchema, saveTo: destinationSchema, mode: modeSchema },
      required,
      additionalProperties: false,
      dependentRequired: { fetches: ['saveTo'], saveTo: ['fetches'], mode: ['saveTo'] },
    },
    fetches: ({ name, fetches = [] }) => ({ model: name as string, names: [fetches].flat() as string[] }),
    uses: ({ name }) => [{ kind: 'model', name: name as string, path: ['name'] }],
  }
}
