/** Sets of images that are found on this machine, or were fetched by `millrace data get`. */
import { join } from 'node:path'
import { boolean, oneOf, option, options, read, string, type WrittenOf } from '../../../options/index.js'
import type { DefinedBatch } from '../../batch/define-batch.js'
import { Dataset } from '../../dataset.js'
import { ImagesBatch } from '../../images/images-batch.js'
import { allPositions } from '../../order/positions.js'
import type { WithBatchClass } from '../files.js'
import { loadMnist, type MnistData } from '../mnist-files.js'
import { checkFiles } from './check-file.js'
import { readCifar } from './cifar-files.js'
import { findSet } from './find-set.js'
import { type KnownSetName, knownSets } from './known-sets.js'

const table = {
  folder: option('a folder with the files; by default the cache, then the places where systems keep it', string, { optional: true }),
  verify: option('true: the checksums of the files are verified; false for other data in the same format', boolean, { default: true }),
}

export const foundOptions = options(table)
export const cifar100Options = options({
  ...table,
  labels: option('the 100 classes, or the 20 groups', oneOf(['fine', 'coarse']), { default: 'fine' }),
})

/** Options of `fashionMnist`, `kmnist` and `cifar10`. */
export interface FoundOptions extends WrittenOf<typeof foundOptions> {}

/** Options of `cifar100`. */
export interface Cifar100Options extends WrittenOf<typeof cifar100Options> {}

type Given<O> = O & Partial<WithBatchClass<DefinedBatch>>

const batches = [1, 2, 3, 4, 5].map(i => `data_batch_${i}.bin`)
const loaded = new Map<string, Promise<MnistData>>()

/** Opens a set: found, verified and read once per folder and process. */
async function open(
  name: KnownSetName,
  classes: number,
  { batchClass = ImagesBatch, ...given }: Given<FoundOptions | Cifar100Options>,
  { folder, verify }: { readonly folder?: string; readonly verify: boolean },
  load: (folder: string) => Promise<MnistData>,
): Promise<Dataset<any>> {
  const set = knownSets[name]
  const from = findSet(name, set, folder)
  const key = JSON.stringify([from, given])
  const reading = loaded.get(key) ?? (verify ? checkFiles(from, set) : Promise.resolve()).then(() => load(from))
  loaded.set(key, reading)
  reading.catch(() => loaded.delete(key))
  const { images, labels, trainLength } = await reading
  const positions = allPositions(images.length)
  const origin = { openset: name, ...given }
  return new Dataset(images.length, batchClass, { name, preloaded: { images, labels }, attributes: { classes }, origin }).withParts({
    train: positions.subarray(0, trainLength),
    test: positions.subarray(trainLength),
  })
}

const openIdx = (name: 'fashionMnist' | 'kmnist', given: Given<FoundOptions>) => {
  const { batchClass: _, ...written } = given
  return open(name, 10, given, read(foundOptions, written, name), folder => loadMnist(folder, false))
}

/**
 * Fashion-MNIST, pictures of clothes (Xiao, Rasul, Vollgraf, 2017): 60,000 + 10,000 items, `images` uint8 [n, 28, 28, 1] and `labels` uint8 [n].
 * Attribute `classes`: 10. It is found in `folder`, in the cache, or in Debian's package `dataset-fashion-mnist`.
 *
 * @example
 * const data = await fashionMnist()   // after: millrace data get fashionMnist
 *
 * @throws MillraceError `data-not-here`, `data-file-checksum`, those of `mnist`
 */
export function fashionMnist<K extends DefinedBatch>(given: FoundOptions & WithBatchClass<K>): Promise<Dataset<K>>
export function fashionMnist(given?: FoundOptions): Promise<Dataset<typeof ImagesBatch>>
export async function fashionMnist(given: Given<FoundOptions> = {}): Promise<Dataset<any>> {
  return openIdx('fashionMnist', given)
}

/**
 * Kuzushiji-MNIST, handwritten Japanese characters (Clanuwat and others, 2018): as `fashionMnist`.
 *
 * @example
 * const data = await kmnist()   // after: millrace data get kmnist
 *
 * @throws MillraceError `data-not-here`, `data-file-checksum`, those of `mnist`
 */
export function kmnist<K extends DefinedBatch>(given: FoundOptions & WithBatchClass<K>): Promise<Dataset<K>>
export function kmnist(given?: FoundOptions): Promise<Dataset<typeof ImagesBatch>>
export async function kmnist(given: Given<FoundOptions> = {}): Promise<Dataset<any>> {
  return openIdx('kmnist', given)
}

/**
 * CIFAR-10 (Krizhevsky, 2009): 50,000 + 10,000 items, `images` uint8 [n, 32, 32, 3] and `labels` uint8 [n]. Attribute `classes`: 10. It is read from
 * `cifar-10-binary.tar.gz` in `folder` or in the cache.
 *
 * @example
 * const data = await cifar10()   // after: millrace data get cifar10
 *
 * @throws MillraceError `data-not-here`, `data-file-unreadable`, `data-file-checksum`, `data-archive`
 */
export function cifar10<K extends DefinedBatch>(given: FoundOptions & WithBatchClass<K>): Promise<Dataset<K>>
export function cifar10(given?: FoundOptions): Promise<Dataset<typeof ImagesBatch>>
export async function cifar10(given: Given<FoundOptions> = {}): Promise<Dataset<any>> {
  const { batchClass: _, ...written } = given
  const layout = { train: batches, test: ['test_batch.bin'], labels: { bytes: 1, at: 0 } }
  const load = (folder: string) => readCifar(join(folder, knownSets.cifar10.files[0].name), layout)
  return open('cifar10', 10, given, read(foundOptions, written, 'cifar10'), load)
}

/**
 * CIFAR-100 (Krizhevsky, 2009): as `cifar10`, with 100 classes, or with `labels: 'coarse'` their 20 groups.
 *
 * @example
 * const data = await cifar100({ labels: 'coarse' })   // after: millrace data get cifar100
 *
 * @throws MillraceError `data-not-here`, `data-file-unreadable`, `data-file-checksum`, `data-archive`
 */
export function cifar100<K extends DefinedBatch>(given: Cifar100Options & WithBatchClass<K>): Promise<Dataset<K>>
export function cifar100(given?: Cifar100Options): Promise<Dataset<typeof ImagesBatch>>
export async function cifar100(given: Given<Cifar100Options> = {}): Promise<Dataset<any>> {
  const { batchClass: _, ...written } = given
  const { labels, ...where } = read(cifar100Options, written, 'cifar100')
  const layout = { train: ['train.bin'], test: ['test.bin'], labels: { bytes: 2, at: labels === 'fine' ? 1 : 0 } }
  const load = (folder: string) => readCifar(join(folder, knownSets.cifar100.files[0].name), layout)
  return open('cifar100', labels === 'fine' ? 100 : 20, given, where, load)
}
