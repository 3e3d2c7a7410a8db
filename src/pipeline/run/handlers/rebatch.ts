import type { Handler } from '../actions/handler.js'

/** Does nothing to a batch: `run/batches/rebatched.ts` runs between the stages. */
export const rebatch: Handler = {}
