import { option, options, string } from '../../../options/index.js'
import { action } from '../action-row.js'

/** BatchFlow's `acquire_lock`. */
export const acquireLock = action({
  summary: 'waits for a lock and holds it until it is released, at the latest until the end of the batch',
  args: options({ name: option('the lock', string) }),
  uses: ({ name }) => [{ kind: 'lock', name, path: ['name'] }],
})
