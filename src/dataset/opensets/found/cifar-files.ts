/** The records of CIFAR: label bytes, then the planes red, green, blue of 32 x 32 bytes. */
import { basename } from 'node:path'
import { fail } from '../../../errors/index.js'
import { NdArray } from '../../../util/nd-array.js'
import type { MnistData } from '../mnist-files.js'
import { readTarGz } from './tar.js'

const pixels = 32 * 32

/** How an archive is laid out. */
export interface CifarLayout {
  readonly train: readonly string[]
  readonly test: readonly string[]
  /** The label bytes of a record, and which of them is the label. */
  readonly labels: { readonly bytes: number; readonly at: number }
}

/** Reads an archive: train first. @throws MillraceError those of `readTarGz`, `data-archive` */
export async function readCifar(path: string, { train, test, labels: { bytes, at } }: CifarLayout): Promise<MnistData> {
  const members = new Map((await readTarGz(path)).map(({ name, data }) => [basename(name), data]))
  const record = bytes + 3 * pixels
  const partOf = (names: readonly string[]) =>
    names.map(name => {
      const data = members.get(name) ?? fail('data-archive', { path, seen: `no file ${name}` })
      if (data.length === 0 || data.length % record !== 0)
        fail('data-archive', { path, seen: `${name} of ${data.length} bytes, which are no records of ${record}` })
      return data
    })
  const [first, second] = [partOf(train), partOf(test)]
  const count = (parts: readonly Uint8Array[]) => parts.reduce((sum, { length }) => sum + length / record, 0)
  const length = count(first) + count(second)
  const images = new Uint8Array(length * 3 * pixels)
  const labels = new Uint8Array(length)
  let item = 0
  for (const part of [...first, ...second]) {
    for (let start = 0; start < part.length; start += record, item++) {
      labels[item] = part[start + at]!
      for (let channel = 0; channel < 3; channel++) {
        const plane = start + bytes + channel * pixels
        for (let pixel = 0; pixel < pixels; pixel++) images[(item * pixels + pixel) * 3 + channel] = part[plane + pixel]!
      }
    }
  }
  return { images: new NdArray(images, [length, 32, 32, 3]), labels: new NdArray(labels, [length]), trainLength: count(first) }
}
