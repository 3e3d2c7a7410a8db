import { type ActionRow, nameSchema } from '../action-row.js'

/** BatchFlow's `import_model`. */
export const importModel: ActionRow = {
  summary: 'shares a model with the pipeline that initialises it',
  schema: {
    type: 'object',
    properties: {
      name: nameSchema('the name of the model there and here'),
      from: nameSchema('the pipeline that has the model'),
    },
    required: ['name', 'from'],
    additionalProperties: false,
  },
  uses: ({ from }) => [{ kind: 'pipeline', name: from as string, path: ['from'] }],
  declares: ({ name, from }) => [{ kind: 'model', name: name as string, from: from as string }],
  allowedInBeforeAfter: true,
  ignoresBatch: true,
}
