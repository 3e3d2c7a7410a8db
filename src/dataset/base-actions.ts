/** The actions that every batch class has. A new one is a file in `actions` and a line here. */
import type { BatchActionTable } from '../pipeline/spec/contracts.js'
import { applyParallel } from './actions/apply-parallel.js'

export const baseActions = { applyParallel } as const satisfies BatchActionTable

export type BaseActions = typeof baseActions
