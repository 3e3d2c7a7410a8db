import type { ActionRow } from '../action-row.js'
import { pipelinesSchema, pipelineUses } from '../pipelines-schema.js'

/** BatchFlow's `join`. */
export const join: ActionRow = {
  summary: 'lets other pipelines work on the items of the same ids; the next batch action or call gets their batches too',
  schema: {
    type: 'object',
    properties: { pipelines: pipelinesSchema('whose batches are joined') },
    required: ['pipelines'],
    additionalProperties: false,
  },
  uses: pipelineUses,
  waitsFor: pipelineUses,
}
