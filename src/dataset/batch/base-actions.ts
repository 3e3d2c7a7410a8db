/** The actions that every batch class has. A new one is a file in `actions` and a line here. */
import type { BatchActionTable } from '../../pipeline/description/contracts.js'
import { addComponents } from '../actions/add-components.js'
import { applyParallel } from '../actions/apply-parallel.js'
import { dump } from '../actions/dump.js'
import { load } from '../actions/load.js'

export const baseActions = { addComponents, applyParallel, dump, load } as const satisfies BatchActionTable

export type BaseActions = typeof baseActions
