import { options, read, type WrittenOf } from '../../../options/index.js'
import type { DefinedBatch } from '../../batch/define-batch.js'
import type { Dataset } from '../../dataset.js'
import { ImagesBatch } from '../../images/images-batch.js'
import type { WithBatchClass } from '../files.js'
import { mnistOptions } from '../mnist.js'
import { loadMnist } from '../mnist-files.js'
import { drawDigits } from './digit-scene.js'
import { madeOptions, madeSet } from './made-set.js'

export const digitScenesOptions = options({ ...madeOptions, ...mnistOptions.table })

/** Options of `digitScenes`. */
export interface DigitScenesOptions extends WrittenOf<typeof digitScenesOptions> {}

/**
 * Scenes of handwritten digits, for segmentation of real data without a download: 1 to 4 digits of MNIST, scaled and shifted. Components
 * `images` uint8 [n, size, size, 1] and `masks` uint8 [n, size, size]: 0 is the background, 1 … 10 the digits 0 … 9; where digits overlap, the
 * mask has the later one. Attribute `classes`: 11, the background among them; with `verify: false` the number of distinct labels and 1.
 *
 * Scenes of `train` have digits of MNIST's training part only, those of `test` of its test part: no test digit is ever trained on. A scene
 * is a pure function of the seed, its part and its number within the part. By default 2,000 + 500 scenes of 64 x 64.
 *
 * @param options with a `batchClass` of your own, which declares images and masks. Default `ImagesBatch`
 *
 * @example
 * const data = await digitScenes({ length: { train: 600, test: 100 }, seed: 7 })
 * const batch = await data.train.nextBatch(16, { shuffle: 2 })
 * batch.images.shape  // [16, 64, 64, 1]
 *
 * @throws MillraceError those of `mnist`
 */
export function digitScenes<K extends DefinedBatch>(given: DigitScenesOptions & WithBatchClass<K>): Promise<Dataset<K>>
export function digitScenes(given?: DigitScenesOptions): Promise<Dataset<typeof ImagesBatch>>
export async function digitScenes({
  batchClass = ImagesBatch,
  ...given
}: DigitScenesOptions & Partial<WithBatchClass<DefinedBatch>> = {}): Promise<Dataset<any>> {
  const { size, length, seed, folder, verify } = read(digitScenesOptions, given, 'digitScenes')
  const digits = await loadMnist(folder, verify)
  const classes = 1 + (verify ? 10 : new Set(digits.labels.data).size)
  return madeSet(
    { size, channels: 1, length, draw: (canvas, part, number) => drawDigits(canvas, { size, digits, seed }, part, number) },
    batchClass,
    { name: 'digitScenes', attributes: { classes }, origin: { openset: 'digitScenes', ...given } },
  )
}
