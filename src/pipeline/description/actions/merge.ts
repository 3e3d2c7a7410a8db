import type { ActionRow } from '../action-row.js'
import { pipelinesSchema, pipelineUses } from '../pipelines-schema.js'

/** BatchFlow's `merge`. */
export const merge: ActionRow = {
  summary: 'takes the next batch of other pipelines and puts its items behind those of this one',
  schema: {
    type: 'object',
    properties: {
      pipelines: pipelinesSchema('whose batches are merged; each says by its batch how they are taken'),
      components: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'the components that are kept (default: all)' },
    },
    required: ['pipelines'],
    additionalProperties: false,
  },
  uses: pipelineUses,
  waitsFor: pipelineUses,
}
