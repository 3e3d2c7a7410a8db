import { lockUse } from '../lock-use.js'

/** BatchFlow's `acquire_lock`. */
export const acquireLock = lockUse('waits for a lock and holds it until it is released, at the latest until the end of the batch')
