import { option, options, string } from '../../../options/index.js'
import { action } from '../action-row.js'
import { evaluated, folder } from '../arguments.js'

/** BatchFlow's `load_model`. */
export const loadModel = action({
  summary: 'reads a model from a folder: for each batch, or once in before or after',
  args: options({
    name: option('the name other actions call it by', string),
    path: option('the folder saveModel wrote, or an expression for it', evaluated(folder)),
  }),
  declares: ({ name }) => [{ kind: 'model', name }],
  allowedInBeforeAfter: true,
  ignoresBatch: true,
})
