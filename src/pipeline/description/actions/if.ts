import { anything, option, options } from '../../../options/index.js'
import { action } from '../action-row.js'
import { block } from '../arguments.js'

/** Branches. BatchFlow has none for actions, only `IF` for values. */
export const ifRow = action({
  summary: 'runs some actions if a condition is true, and others if it is not',
  args: options({
    condition: option('an expression: 0, false, null and the empty string are false', anything),
    // biome-ignore lint/suspicious/noThenProperty: a list of actions, never awaited
    then: option('run if the condition is true', block),
    else: option('run if it is not', block, { optional: true }),
  }),
  blocks: ['then', 'else'],
  allowedInBeforeAfter: true,
  batchLocal: true,
})
