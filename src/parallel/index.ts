export { type GuardedFunction, NoProgress, runGuarded } from './guarded.js'
export type { ItemContext, ItemFunction, ItemInput, ItemOptionsTable, ItemWork, ParallelOptions } from './item-work.js'
export { closeWorkers } from './pools.js'
export { workOnItems } from './work-on-items.js'
