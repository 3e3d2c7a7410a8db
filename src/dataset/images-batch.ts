import type { BatchOf } from '../pipeline/index.js'
import { normalize } from './actions/normalize.js'
import { toArray } from './actions/to-array.js'
import { component } from './component.js'
import { defineBatch } from './define-batch.js'

/**
 * Batches of labelled images: components `images` [n, height, width, channels], `labels` [n] and `masks` [n, height, width],
 * actions `normalize` and `toArray`. Values stay as the dataset has them (uint8 for MNIST, 0 … 255) until an action changes them.
 *
 * @example
 * const batch = ImagesBatch.fromData({ images: new NdArray(pixels, [16, 28, 28, 1]), labels })
 *
 * BatchFlow: `ImagesBatch`.
 */
export const ImagesBatch = defineBatch({
  name: 'ImagesBatch',
  components: {
    images: component.array('The images, [n, height, width, channels].'),
    labels: component.array('The class of each image, [n], from 0.', 'int32'),
    masks: component.array('What each pixel belongs to, [n, height, width].', 'int32'),
  },
  actions: { normalize, toArray },
})

/** A batch of labelled images. */
export type ImagesBatch = BatchOf<typeof ImagesBatch>
