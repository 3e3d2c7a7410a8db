import { option, options } from '../../../options/index.js'
import { action } from '../action-row.js'
import { pipelines, pipelineUses } from '../arguments.js'

/** BatchFlow's `join`. */
export const join = action({
  summary: 'lets other pipelines work on the items of the same ids; the next batch action or call gets their batches too',
  args: options({ pipelines: option('whose batches are joined', pipelines) }),
  uses: pipelineUses,
  waitsFor: pipelineUses,
})
