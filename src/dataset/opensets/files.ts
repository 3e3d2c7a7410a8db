/** Your own data, described in a file. */
import { Dataset } from '../dataset.js'
import type { FilesOptions } from '../files/files-options.js'
import { FilesIndex } from '../files-index.js'
import { ImagesBatch } from '../images/images-batch.js'

/** How a set is split into train and test. */
export interface PartsOptions {
  /** The share of the items to train on. Default 0.8. */
  readonly train?: number
  /** Draw the items of each part randomly: false, true (seed 0) or a seed. Default false. */
  readonly shuffle?: boolean | number
}

type Component = 'images' | 'labels' | 'masks'

/** Options of `openFiles`. */
export interface OpenFilesOptions extends FilesOptions<Component>, PartsOptions {
  /** A file with named columns (`.parquet`, `.csv`, `.npz`), or one `.npy` file per component. */
  readonly path: string | Readonly<Partial<Record<Component, string>>>
}

/** Options of `openImages`. */
export interface OpenImagesOptions extends PartsOptions {
  /** Patterns that find the images, as in `FilesIndex.open`. */
  readonly path: string | readonly string[]
  /** Use names without extensions as ids. Default true. */
  readonly noExt?: boolean
}

/**
 * Opens labelled images in files, split into `train` and `test`. See `Dataset.fromFiles`.
 *
 * @example
 * const data = await openFiles({ path: 'digits.parquet', columns: { images: 'pixels' }, shuffle: 1 })
 */
export async function openFiles({
  path,
  train = 0.8,
  shuffle = false,
  ...options
}: OpenFilesOptions): Promise<Dataset<typeof ImagesBatch, 'files'>> {
  const origin = { openset: 'files', path, train, shuffle, ...options } as never
  const data = await Dataset.fromFiles(path, ImagesBatch, { ...options, name: 'files', origin })
  return data.split(train, { shuffle })
}

/**
 * Opens a dataset over image files in the order of the ids, split into `train` and `test`. The action `load` reads them:
 * `load: { fmt: image, dst: images }`.
 *
 * @example
 * const data = await openImages({ path: 'scans/*.png' })
 * data.train.p.load({ fmt: 'image', dst: 'images' }).load({ src: 'labels.csv', fmt: 'csv', dst: 'labels' })
 */
export async function openImages({
  path,
  noExt = true,
  train = 0.8,
  shuffle = false,
}: OpenImagesOptions): Promise<Dataset<typeof ImagesBatch>> {
  const index = await FilesIndex.open(path, { noExt, sort: true })
  const origin = { openset: 'images', path, noExt, train, shuffle } as never
  return new Dataset(index, ImagesBatch, { name: 'images', origin }).split(train, { shuffle })
}
