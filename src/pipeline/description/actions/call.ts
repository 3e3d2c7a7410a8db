import { anything, listOf, option, options } from '../../../options/index.js'
import { action } from '../action-row.js'
import { bound, mode, saveTo } from '../arguments.js'

/** BatchFlow's `call`. A function is a live thing: this action is for TypeScript, a YAML file cannot name one. */
export const call = action({
  summary: 'calls a function of the user (TypeScript only)',
  args: options(
    {
      fn: option('the function, bound from TypeScript', bound),
      args: option('its arguments; without any it takes the batch', listOf(anything, { min: 0 }), { optional: true }),
      saveTo,
      mode,
    },
    { needs: { mode: ['saveTo'] } },
  ),
  allowedInBeforeAfter: true,
  needsLive: true,
  addsComponents: true,
})
