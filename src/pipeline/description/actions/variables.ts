/** Actions on variables and other destinations. */

import { anything, option, options, string } from '../../../options/index.js'
import { type ActionRow, action } from '../action-row.js'
import { destination, mode } from '../arguments.js'

export const variableActions = {
  /** BatchFlow's `init_variable`. */
  initVariable: action({
    summary: 'declares a variable of the pipeline and its first value',
    args: options(
      {
        name: option('the name that V reads it by', string),
        default: option('its value until something is saved, kept from run to run', anything, { default: null }),
        initOnEachRun: option('its value at the start of each run', anything, { optional: true }),
      },
      { excludes: [['default', 'initOnEachRun']] },
    ),
    declares: ({ name, default: value, initOnEachRun }) => [{ kind: 'variable', name, first: initOnEachRun ?? value ?? null }],
    evaluatedAtStart: () => ['default', 'initOnEachRun'],
    allowedInBeforeAfter: true,
    ignoresBatch: true,
  }),

  /** BatchFlow's `update`. */
  update: action({
    summary: 'saves a value to a variable, a component or an item of one',
    args: options({
      dst: option(
        'where it is saved: !V name, !B component, an item of one, or a list or map with a destination for each part',
        destination,
      ),
      value: option('the value, usually an expression', anything),
      mode,
    }),
    allowedInBeforeAfter: true,
    batchLocal: true,
  }),
} satisfies Record<string, ActionRow>
