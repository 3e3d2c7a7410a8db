/** Small sets whose files are part of the package. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { fail } from '../../../errors/index.js'
import { anyOf, boolean, integer, number, option, options, read, type WrittenOf } from '../../../options/index.js'
import { NdArray } from '../../../util/nd-array.js'
import type { DefinedBatch } from '../../batch/define-batch.js'
import { Dataset } from '../../dataset.js'
import { readCsv } from '../../formats/csv.js'
import { imagesMagic, labelsMagic, readIdx } from '../idx.js'

export const shippedOptions = options({
  train: option('the share of the items to train on', number({ above: 0, below: 1 }), { default: 0.8 }),
  shuffle: option(
    'true: the items of each part are drawn from seed 0; a number: from that seed; false: the order of the file',
    anyOf(boolean, integer({ min: 0 })),
    { default: true },
  ),
})

/** Options of `digits`, `iris`, `wine` and `breastCancer`. */
export interface ShippedOptions extends WrittenOf<typeof shippedOptions> {}

/** What a shipped set holds. */
export interface ShippedData {
  readonly preloaded: Readonly<Record<string, NdArray>>
  /** What `D` reads. */
  readonly attributes: Readonly<Record<string, unknown>>
}

/** The folder with the files, seen from the sources and from the build. */
const pathOf = (file: string) => fileURLToPath(new URL(`../../../../data/${file}`, import.meta.url))

const loaded = new Map<string, Promise<ShippedData>>()

/** Opens a set, split into `train` and `test`; its file is read once per process. */
export async function openShipped(
  name: string,
  given: ShippedOptions,
  batchClass: DefinedBatch,
  load: () => Promise<ShippedData>,
): Promise<Dataset<any>> {
  const { train, shuffle } = read(shippedOptions, given, name)
  if (!loaded.has(name)) loaded.set(name, load())
  const { preloaded, attributes } = await loaded.get(name)!
  return new Dataset(preloaded.labels!.length, batchClass, { name, preloaded, attributes, origin: { openset: name, ...given } }).split(
    train,
    {
      shuffle,
    },
  )
}

/**
 * Reads a table whose last column is the class.
 *
 * @throws MillraceError `data-file-checksum`
 */
export async function readLabelledTable(file: string, sha256: string, classNames: readonly string[]): Promise<ShippedData> {
  const path = pathOf(file)
  const seen = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
  if (seen !== sha256) fail('data-file-checksum', { path, sum: 'sha256', expected: sha256, seen })
  const { label, ...columns } = (await readCsv(path)) as Readonly<Record<string, NdArray>>
  const [names, values] = [Object.keys(columns), Object.values(columns)]
  const rows = label!.length
  const features = Float32Array.from(
    { length: rows * names.length },
    (_, i) => values[i % names.length]!.data[Math.floor(i / names.length)]!,
  )
  return {
    preloaded: { features: new NdArray(features, [rows, names.length]), labels: new NdArray(Uint8Array.from(label!.data), [rows]) },
    attributes: { classes: classNames.length, classNames, featureNames: names },
  }
}

/** Reads images and labels of the IDX format. @throws MillraceError those of `readIdx` */
export async function readLabelledImages(name: string, sums: { readonly images: string; readonly labels: string }): Promise<ShippedData> {
  const images = await readIdx(pathOf(`${name}-images-idx3-ubyte.gz`), imagesMagic, sums.images)
  const labels = await readIdx(pathOf(`${name}-labels-idx1-ubyte.gz`), labelsMagic, sums.labels)
  return {
    preloaded: { images: new NdArray(images.data, [...images.shape, 1]), labels: new NdArray(labels.data, labels.shape) },
    attributes: { classes: new Set(labels.data).size },
  }
}
