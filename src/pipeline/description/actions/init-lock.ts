import { option, options, string } from '../../../options/index.js'
import { action } from '../action-row.js'
import { bound } from '../arguments.js'

/** BatchFlow's `init_lock`. */
export const initLock = action({
  summary: 'declares a lock; from TypeScript one that several pipelines share',
  args: options({
    name: option('the name other actions call it by', string),
    lock: option('the lock itself, bound from TypeScript', bound, { optional: true }),
  }),
  declares: ({ name }) => [{ kind: 'lock', name }],
  allowedInBeforeAfter: true,
  ignoresBatch: true,
})
