import { lockUse } from '../lock-use.js'

/** BatchFlow's `release_lock`. */
export const releaseLock = lockUse('gives a lock to whoever waits for it')
