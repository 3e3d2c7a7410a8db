import { option, options, string } from '../../../options/index.js'
import { action } from '../action-row.js'

/** BatchFlow's `release_lock`. */
export const releaseLock = action({
  summary: 'releases a lock for whoever waits for it',
  args: options({ name: option('the lock', string) }),
  uses: ({ name }) => [{ kind: 'lock', name, path: ['name'] }],
})
