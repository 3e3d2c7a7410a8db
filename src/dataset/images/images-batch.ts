import type { BatchAction, BatchOf, Expression, OptionsOf } from '../../pipeline/index.js'
import type { NdArray } from '../../util/nd-array.js'
import * as arrayActions from '../actions/array-actions.js'
import { component, ofSeveralShapes, ofStrings } from '../batch/component.js'
import { type DefinedBatch, defineBatch } from '../batch/define-batch.js'
import * as imageActions from './actions/image-actions.js'

/** The components of images. */
export type ImagesComponents = { images: NdArray; labels: NdArray; masks: NdArray }

type Own = typeof imageActions & typeof arrayActions

/** The actions of images. */
export type ImagesActions = {
  readonly [Name in keyof Own]: BatchAction<any, OptionsOf<Own[Name]>>
}

/** The batch class of labelled images. */
export interface ImagesBatchClass extends DefinedBatch<ImagesComponents, ImagesActions> {}

declare module '../../pipeline/description/expressions/letters/batch.js' {
  interface ShortComponents {
    readonly images: Expression<'images'>
    readonly labels: Expression<'labels'>
    readonly masks: Expression<'masks'>
  }
}

/**
 * Batches of labelled images: components `images` [n, height, width, channels], `labels` [n] and `masks` [n, height, width],
 * and the usual actions. Values stay as the dataset has them (uint8 for MNIST, 0 … 255) until an action changes them.
 *
 * Images (and masks) of several sizes are a list of arrays until `resize`, `crop` or `pad` makes them equal, labels may be a list of
 * strings, which a model with such `classes` takes: then `batch.images` is an error, and `batch.get('images')` the list.
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
export const ImagesBatch: ImagesBatchClass = defineBatch({
  name: 'ImagesBatch',
  components: {
    images: component.array('The images, [n, height, width, channels].', 'float32', { orList: ofSeveralShapes }),
    labels: component.array('The class of each image, [n], from 0.', 'int32', { orList: ofStrings }),
    masks: component.array('What each pixel belongs to, [n, height, width].', 'int32', { orList: ofSeveralShapes }),
  },
  actions: { ...imageActions, ...arrayActions },
})

/** A batch of labelled images. */
export type ImagesBatch = BatchOf<typeof ImagesBatch>
