import { option, options, string } from '../../../options/index.js'
import { action } from '../action-row.js'

/** BatchFlow's `import_model`. */
export const importModel = action({
  summary: 'shares a model with the pipeline that initialises it',
  args: options({
    name: option('the name of the model there and here', string),
    from: option('the pipeline that has the model', string),
  }),
  uses: ({ from }) => [{ kind: 'pipeline', name: from, path: ['from'] }],
  declares: ({ name, from }) => [{ kind: 'model', name, from }],
  allowedInBeforeAfter: true,
  ignoresBatch: true,
})
