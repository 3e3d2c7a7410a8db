import { anything, mapOf, oneOf, option, options, string } from '../../../options/index.js'
import type { JsonObject } from '../../../util/json.js'
import { action } from '../action-row.js'

/** BatchFlow's `init_model`. */
export const initModel = action({
  summary: 'declares a model; static models are built when the pipeline starts, dynamic ones at the first batch',
  args: options({
    mode: option('static: built at the start; dynamic: at the first batch, which its config may read', oneOf(['static', 'dynamic'])),
    modelClass: option('a model of the zoo, e.g. ResNet', string),
    name: option('the name other actions call it by', string),
    config: option("the model's config: keys may be paths, body/block/se_block: true", mapOf(anything), { default: {} }),
  }),
  uses: ({ modelClass }) => [{ kind: 'model class', name: modelClass, path: ['modelClass'] }],
  declares: ({ name }) => [{ kind: 'model', name, isNew: true }],
  builds: ({ modelClass, name, config = {}, mode }) => ({ modelClass, name, config: config as JsonObject, mode, configKey: 'config' }),
  evaluatedAtStart: ({ mode }) => (mode === 'static' ? ['config'] : []),
  allowedInBeforeAfter: true,
  ignoresBatch: true,
})
