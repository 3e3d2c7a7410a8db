import { anything, listOf, option, options, text } from '../../../options/index.js'
import { action } from '../action-row.js'

/** BatchFlow's `print`. */
export const print = action({
  summary: 'writes values in one line: for each batch, or once in before or after',
  args: options({
    values: option('what is written: strings, expressions, objects as key=value', listOf(anything, { min: 0 })),
    label: option('a label before them', text, { optional: true }),
  }),
  allowedInBeforeAfter: true,
})
