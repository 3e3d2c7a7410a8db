/** Actions that pass values on: to a function, to the log. */

import { anything, listOf, option, options, text } from '../../../options/index.js'
import { type ActionRow, action } from '../action-row.js'
import { bound, mode, saveTo } from '../arguments.js'

export const callActions = {
  /** BatchFlow's `call`. A function is a live thing: this action is for TypeScript only, because a YAML file cannot name one. */
  call: action({
    summary: 'calls a function of the user (TypeScript only)',
    args: options(
      {
        fn: option('the function, bound from TypeScript', bound),
        args: option('its arguments (default: the batch)', listOf(anything, { min: 0 }), { optional: true }),
        saveTo,
        mode,
      },
      { needs: { mode: ['saveTo'] } },
    ),
    allowedInBeforeAfter: true,
    needsLive: true,
    components: () => ({ writesAny: true }),
  }),

  /** BatchFlow's `print`. */
  print: action({
    summary: 'writes values on one line: once per batch, or once in before or after',
    args: options({
      values: option('what is written: strings, expressions, objects as key=value', listOf(anything, { min: 0 })),
      label: option('a label before them', text, { optional: true }),
    }),
    allowedInBeforeAfter: true,
  }),
} satisfies Record<string, ActionRow>
