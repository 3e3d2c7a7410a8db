import { defineBatch } from './define-batch.js'

/**
 * Batches that declare no components: positions and ids, and what is preloaded under any name, for `get`. The batch class of a dataset
 * that is given none.
 */
export const PlainBatch = defineBatch<{}>({ name: 'Batch', components: {} })
