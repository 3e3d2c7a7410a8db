import { options } from '../../../options/index.js'
import { action } from '../action-row.js'

/** BatchFlow's `StopPipeline`. */
export const stopPipeline = action({
  summary: 'ends the run as if this batch had not come',
  args: options({}),
})
