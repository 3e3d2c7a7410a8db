/** numpy's `.npz` files: several arrays by name, zipped. */
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { readRegular } from '../../util/files/read-file.js'
import { writeWhole } from '../../util/files/write-whole.js'
import { decodeNpy, encodeNpy } from './npy.js'
import { readingFile } from './reading-file.js'
import { refuseTwins, type Table } from './table-type.js'
import { readZip } from './zip.js'

/**
 * Reads a `.npz` file, compressed (`np.savez_compressed`) or not. Checksums are verified. Element types: see `readNpy`.
 *
 * @example
 * const { images, labels } = await readNpz('mnist.npz')
 *
 * @throws MillraceError `file-unreadable` also for a damaged array and for one that unpacks to more than 1 GiB and 100 times the file, `column-twice`,
 *   and those of `readNpy`
 */
export async function readNpz(path: string): Promise<Table> {
  const files = await readingFile(path, async () => readZip(await readRegular(path)))
  const names = files.map(({ name }) => name.replace(/\.npy$/, ''))
  refuseTwins(path, names)
  return Object.fromEntries(files.map(({ name, bytes }, i) => [names[i]!, decodeNpy(bytes, `${path}: ${name}`)]))
}

/**
 * Writes a compressed `.npz` file, which numpy reads. The file appears complete or not at all. Allowed values: see `writeNpy`.
 *
 * @example
 * await writeNpz('mnist.npz', { images, labels })
 */
export async function writeNpz(path: string, values: Readonly<Record<string, ComponentValue>>): Promise<void> {
  const { zipSync } = await import('fflate')
  const files = Object.entries(values).map(([name, value]) => [`${name}.npy`, encodeNpy(value, `${path}: ${name}`)] as const)
  // A fixed time: the same arrays yield the same file.
  await writeWhole(path, zipSync(Object.fromEntries(files), { mtime: new Date(1980, 0, 1) }))
}
