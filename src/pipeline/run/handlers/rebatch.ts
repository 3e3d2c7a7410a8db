import type { Handler } from '../actions/handler.js'

/** Nothing is done with a batch: `run/rebatched.ts` stands between the stages. */
export const rebatch: Handler = {}
