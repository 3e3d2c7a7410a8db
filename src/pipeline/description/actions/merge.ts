import { option, options } from '../../../options/index.js'
import { action } from '../action-row.js'
import { kept, pipelines, pipelineUses } from '../arguments.js'

/** BatchFlow's `merge`. */
export const merge = action({
  summary: 'takes the next batch of other pipelines and appends its items to this one',
  args: options({ pipelines: option('whose batches are merged; the batch of each says how they are taken', pipelines), components: kept }),
  uses: pipelineUses,
  waitsFor: pipelineUses,
})
