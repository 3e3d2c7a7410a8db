import { defineBatch } from './define-batch.js'

/**
 * Batches without declared components: positions and ids, and preloaded data under any name, for `get`. The default batch class of a
 * dataset.
 */
export const PlainBatch = defineBatch<{}>({ name: 'Batch', components: {} })
