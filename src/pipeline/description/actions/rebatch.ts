import { integer, option, options } from '../../../options/index.js'
import { action } from '../action-row.js'
import { evaluated, kept } from '../arguments.js'

/** BatchFlow's `rebatch`. */
export const rebatch = action({
  summary: 'makes batches of another size for the actions after it',
  args: options({ batchSize: option('items per batch, or an expression', evaluated(integer({ min: 1 }))), components: kept }),
  changesBatches: true,
})
