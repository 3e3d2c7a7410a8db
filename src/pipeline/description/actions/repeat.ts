import { integer, option, options } from '../../../options/index.js'
import { action } from '../action-row.js'
import { block, evaluated } from '../arguments.js'

/** BatchFlow's `pipeline * n`. */
export const repeat = action({
  summary: 'does some actions several times',
  args: options({
    times: option('how often, or an expression', evaluated(integer({ min: 0 }))),
    actions: option('what is repeated', block),
  }),
  blocks: ['actions'],
  allowedInBeforeAfter: true,
  batchLocal: true,
})
