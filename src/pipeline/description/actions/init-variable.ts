import { anything, option, options, string } from '../../../options/index.js'
import { action } from '../action-row.js'

/** BatchFlow's `init_variable`. */
export const initVariable = action({
  summary: 'declares a variable of the pipeline and its first value',
  args: options(
    {
      name: option('the name V reads it by', string),
      default: option('its value until something is saved, kept from run to run', anything, { default: null }),
      initOnEachRun: option('its value at the start of each run', anything, { optional: true }),
    },
    { excludes: [['default', 'initOnEachRun']] },
  ),
  declares: ({ name }) => [{ kind: 'variable', name }],
  evaluatedAtStart: () => ['default', 'initOnEachRun'],
  allowedInBeforeAfter: true,
  ignoresBatch: true,
})
