import { anything, option, options } from '../../../options/index.js'
import { action } from '../action-row.js'
import { destination, mode } from '../arguments.js'

/** BatchFlow's `update`. */
export const update = action({
  summary: 'saves a value to a variable, a component or an item of one',
  args: options({
    dst: option('where it is saved: !V name, !B component, an item of one, or a list or map with a destination for each part', destination),
    value: option('the value, usually an expression', anything),
    mode,
  }),
  allowedInBeforeAfter: true,
  batchLocal: true,
})
