import { option, options, string } from '../../../options/index.js'
import { action } from '../action-row.js'
import { evaluated, folder } from '../arguments.js'

/** BatchFlow's `save_model`. */
export const saveModel = action({
  summary: 'writes a model into a folder: for each batch, or once in before or after',
  args: options({
    name: option('the model', string),
    path: option('the folder, or an expression for it; a saved model in it is replaced', evaluated(folder)),
  }),
  uses: ({ name }) => [{ kind: 'model', name, path: ['name'] }],
  allowedInBeforeAfter: true,
  ignoresBatch: true,
})
