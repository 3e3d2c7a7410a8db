import { listOf, number, oneOf, option, options, read, type WrittenOf } from '../../../options/index.js'
import type { DefinedBatch } from '../../batch/define-batch.js'
import type { Dataset } from '../../dataset.js'
import { ImagesBatch } from '../../images/images-batch.js'
import type { WithBatchClass } from '../files.js'
import { madeOptions, madeSet } from './made-set.js'
import { drawShapes, shapeKinds } from './shape-scene.js'

export const shapesOptions = options(
  {
    ...madeOptions,
    kinds: option('what is drawn: class 1 of the masks is the first of these, and so on', listOf(oneOf(shapeKinds)), {
      default: shapeKinds,
    }),
    noise: option('the standard deviation of the noise, as a share of the range 0 … 255', number({ min: 0, max: 1 }), { default: 0.1 }),
  },
  {
    misfit: ({ kinds }) => (new Set(kinds).size < kinds.length ? { option: 'kinds', allowed: 'each kind once' } : undefined),
  },
)

/** Options of `shapes`. */
export interface ShapesOptions extends WrittenOf<typeof shapesOptions> {}

/**
 * Pictures of geometric shapes, for segmentation: 1 to 4 discs, squares, triangles and rings on a noisy background. Components `images`
 * uint8 [n, size, size, 3] and `masks` uint8 [n, size, size]: 0 is the background, 1 … the kinds in order; of shapes that overlap, the later
 * one is on top. Attribute `classes`: 5 by default, the background among them.
 *
 * Nothing is read and nothing kept: an item is a pure function of the seed, its part and its number within the part, the same on every
 * machine. A longer part has the items of a shorter one first. By default 2,000 + 500 items of 64 x 64.
 *
 * @param options with a `batchClass` of your own, which declares images and masks. Default `ImagesBatch`
 *
 * @example
 * const data = await shapes({ size: 32, kinds: ['disc', 'ring'], length: { train: 600, test: 100 }, seed: 7 })
 * const batch = await data.train.nextBatch(16, { shuffle: 2 })
 * batch.images.shape  // [16, 32, 32, 3]
 * batch.masks.shape   // [16, 32, 32]
 *
 * @throws MillraceError `unknown-option`, `wrong-value`
 */
export function shapes<K extends DefinedBatch>(given: ShapesOptions & WithBatchClass<K>): Promise<Dataset<K>>
export function shapes(given?: ShapesOptions): Promise<Dataset<typeof ImagesBatch>>
export async function shapes({
  batchClass = ImagesBatch,
  ...given
}: ShapesOptions & Partial<WithBatchClass<DefinedBatch>> = {}): Promise<Dataset<any>> {
  const { size, length, seed, kinds, noise } = read(shapesOptions, given, 'shapes')
  return madeSet(
    { size, channels: 3, length, draw: (canvas, part, number) => drawShapes(canvas, { size, kinds, noise, seed }, part, number) },
    batchClass,
    { name: 'shapes', attributes: { classes: kinds.length + 1 }, origin: { openset: 'shapes', ...given } },
  )
}
