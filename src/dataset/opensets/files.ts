/** Your own data, described in a file. */

import {
  anyOf,
  boolean,
  integer,
  listOf,
  number,
  type OptionType,
  option,
  options,
  read,
  string,
  type WrittenOf,
} from '../../options/index.js'
import type { DefinedBatch } from '../batch/define-batch.js'
import { Dataset } from '../dataset.js'
import { FilesIndex } from '../files-index.js'
import { ImagesBatch } from '../images/images-batch.js'

const parts = {
  train: option('the share of the items to train on', number({ above: 0, below: 1 }), { default: 0.8 }),
  shuffle: option(
    'false: the order of the index; true: the items of each part are drawn from seed 0; a number: from that seed',
    anyOf(boolean, integer({ min: 0 })),
    { default: false },
  ),
}

/** A value per component, at least one. */
const byComponent = <T extends OptionType>(type: T) =>
  options(
    {
      images: option('for the images', type, { optional: true }),
      labels: option('for the labels', type, { optional: true }),
      masks: option('for the masks', type, { optional: true }),
    },
    { atLeastOne: ['images', 'labels', 'masks'] },
  )

export const filesOptions = options({
  path: option('a file with named columns (.parquet, .csv, .npz), or one .npy file per component', anyOf(string, byComponent(string))),
  columns: option('the column of a component, if its name differs', byComponent(string), { optional: true }),
  ids: option('the column of the ids; by default they are 0 … n-1', string, { optional: true }),
  shapes: option("the shape of a component's items, if the file stores them flat", byComponent(listOf(integer({ min: 1 }))), {
    optional: true,
  }),
  keptBytes: option('bytes of decoded row groups of a Parquet file to keep for later batches; by default 64 MiB', integer({ min: 0 }), {
    optional: true,
  }),
  ...parts,
})

export const imagesOptions = options({
  path: option('patterns that find the images, e.g. scans/**/*.png', anyOf(string, listOf(string))),
  noExt: option('true: ids are names without extensions', boolean, { default: true }),
  byPath: option(
    'true: ids are paths from the folder that the patterns have in common, cat/7, so that folders may hold files of one name',
    boolean,
    {
      default: false,
    },
  ),
  ...parts,
})

/** The batch class of an open set, of your own, in TypeScript. */
export interface WithBatchClass<K extends DefinedBatch> {
  /** It declares the set's components. Default `ImagesBatch`. */
  readonly batchClass: K
}

/** How a set is split into train and test. */
export type PartsOptions = Pick<OpenImagesOptions, keyof typeof parts>

/** Options of `openFiles`. */
export interface OpenFilesOptions extends WrittenOf<typeof filesOptions> {}

/** Options of `openImages`. */
export interface OpenImagesOptions extends WrittenOf<typeof imagesOptions> {}

/**
 * Opens labelled images in files, split into `train` and `test`. See `Dataset.fromFiles`.
 *
 * @example
 * const data = await openFiles({ path: 'digits.parquet', columns: { images: 'pixels' }, shuffle: 1 })
 * const own = await openFiles({ path: 'digits.parquet', batchClass: Photos })
 */
export function openFiles<K extends DefinedBatch>(given: OpenFilesOptions & WithBatchClass<K>): Promise<Dataset<K, 'files'>>
export function openFiles(given: OpenFilesOptions): Promise<Dataset<typeof ImagesBatch, 'files'>>
export async function openFiles({
  batchClass = ImagesBatch,
  ...given
}: OpenFilesOptions & Partial<WithBatchClass<DefinedBatch>>): Promise<Dataset<any, 'files'>> {
  const { path, train, shuffle, ...how } = read(filesOptions, given, 'openFiles')
  const origin = { openset: 'files', path, train, shuffle, ...how } as never
  const data = await Dataset.fromFiles(path, batchClass, { ...how, name: 'files', origin })
  return data.split(train, { shuffle })
}

/**
 * Opens a dataset over image files in the order of the ids, split into `train` and `test`. The action `load` reads them:
 * `load: { fmt: image, dst: images }`. Images of several sizes are a list until `resize`, `crop` or `pad` makes them equal.
 *
 * @throws MillraceError `files-none` if the patterns find nothing, `files-same-name`
 *
 * @example
 * const data = await openImages({ path: 'scans/*.png' })
 * data.train.p.load({ fmt: 'image', dst: 'images' }).load({ src: 'labels.csv', fmt: 'csv', dst: 'labels' })
 */
export function openImages<K extends DefinedBatch>(given: OpenImagesOptions & WithBatchClass<K>): Promise<Dataset<K>>
export function openImages(given: OpenImagesOptions): Promise<Dataset<typeof ImagesBatch>>
export async function openImages({
  batchClass = ImagesBatch,
  ...given
}: OpenImagesOptions & Partial<WithBatchClass<DefinedBatch>>): Promise<Dataset<any>> {
  const { path, noExt, byPath, train, shuffle } = read(imagesOptions, given, 'openImages')
  const index = await FilesIndex.open(path, { noExt, byPath, sort: true })
  const origin = { openset: 'images', path, noExt, ...(byPath && { byPath }), train, shuffle } as never
  return new Dataset(index, batchClass, { name: 'images', origin }).split(train, { shuffle })
}
