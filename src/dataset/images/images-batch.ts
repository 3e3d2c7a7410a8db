import type { BatchOf } from '../../pipeline/index.js'
import { normalize } from '../actions/normalize.js'
import { toArray } from '../actions/to-array.js'
import { component } from '../batch/component.js'
import { defineBatch } from '../batch/define-batch.js'
import { imageActions } from './actions/image-actions.js'

/**
 * Batches of labelled images: components `images` [n, height, width, channels], `labels` [n] and `masks` [n, height, width],
 * and the usual actions. Values stay as the dataset has them (uint8 for MNIST, 0 … 255) until an action changes them.
 *
 * All but `normalize` and `toArray` work image by image on [height, width, channels] or [height, width], of every element type, which
 * stays: results for integers are rounded and kept within their range. Sides, places and offsets are rows first, then columns. Each
 * takes `src`, `dst`, `p` and `parallel` too; options may have a value for each image, and random ones derive from its seed.
 *
 * @example
 * const batch = ImagesBatch.fromData({ images: new NdArray(pixels, [16, 28, 28, 1]), labels })
 * data.train.p
 *   .rotate({ angle: P(R('uniform', -10, 10)), resample: 'bilinear', p: 0.5 })
 *   .crop({ shape: 24, origin: 'random', parallel: { workers: 2 } })
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
  actions: { ...imageActions, normalize, toArray },
})

/** A batch of labelled images. */
export type ImagesBatch = BatchOf<typeof ImagesBatch>
