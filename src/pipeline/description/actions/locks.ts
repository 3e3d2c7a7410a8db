/** Actions on locks. */

import { option, options, string } from '../../../options/index.js'
import { type ActionRow, action } from '../action-row.js'
import { bound } from '../arguments.js'

export const lockActions = {
  /** BatchFlow's `init_lock`. */
  initLock: action({
    summary: 'declares a lock; from TypeScript, one that several pipelines share',
    args: options({
      name: option('its name in other actions', string),
      lock: option('the lock itself, bound from TypeScript', bound, { optional: true }),
    }),
    declares: ({ name }) => [{ kind: 'lock', name }],
    allowedInBeforeAfter: true,
    ignoresBatch: true,
  }),

  /** BatchFlow's `acquire_lock`. */
  acquireLock: action({
    summary: 'waits for a lock and holds it until it is released, or until the end of the batch',
    args: options({ name: option('the lock', string) }),
    uses: ({ name }) => [{ kind: 'lock', name, path: ['name'] }],
  }),

  /** BatchFlow's `release_lock`. */
  releaseLock: action({
    summary: 'releases a lock',
    args: options({ name: option('the lock', string) }),
    uses: ({ name }) => [{ kind: 'lock', name, path: ['name'] }],
  }),
} satisfies Record<string, ActionRow>
