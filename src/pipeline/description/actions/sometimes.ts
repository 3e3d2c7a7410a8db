import { number, option, options } from '../../../options/index.js'
import { action } from '../action-row.js'
import { block, evaluated } from '../arguments.js'

/** BatchFlow's `pipeline @ probability`. */
export const sometimes = action({
  summary: 'runs some actions with a probability, drawn per batch',
  args: options({
    probability: option('from 0 (never) to 1 (always), or an expression', evaluated(number({ min: 0, max: 1 }))),
    actions: option('what is run or skipped, all of it together', block),
  }),
  blocks: ['actions'],
  allowedInBeforeAfter: true,
  batchLocal: true,
})
