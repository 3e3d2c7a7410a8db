import type { JsonObject } from '../../../util/json.js'
import { type ActionRow, nameSchema } from '../action-row.js'

/** BatchFlow's `init_model`. */
export const initModel: ActionRow = {
  summary: 'declares a model; static models are built when the pipeline starts, dynamic ones at the first batch',
  schema: {
    type: 'object',
    properties: {
      mode: {
        enum: ['static', 'dynamic'],
        description: 'static: built at the start; dynamic: at the first batch, which its config may read',
      },
      modelClass: nameSchema('a model of the zoo, e.g. ResNet'),
      name: nameSchema('the name other actions call it by'),
      config: { type: 'object', description: "the model's config: keys may be paths, body/block/se_block: true" },
    },
    required: ['mode', 'modelClass', 'name'],
    additionalProperties: false,
  },
  uses: ({ modelClass }) => [{ kind: 'model class', name: modelClass as string, path: ['modelClass'] }],
  declares: ({ name }) => [{ kind: 'model', name: name as string, isNew: true }],
  builds: ({ modelClass, name, config = {}, mode }) => ({
    modelClass: modelClass as string,
    name: name as string,
    config: config as JsonObject,
    mode: mode as string,
    configKey: 'config',
  }),
  evaluatedAtStart: ({ mode }) => (mode === 'static' ? ['config'] : []),
  allowedInBeforeAfter: true,
  ignoresBatch: true,
}
