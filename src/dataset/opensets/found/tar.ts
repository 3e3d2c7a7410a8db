/** Reads tar archives (POSIX ustar), in memory. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { fail } from '../../../errors/index.js'
import { readRegular } from '../../../util/files/read-file.js'

const block = 512
/** The most that an archive unpacks to. */
const maxUnpacked = 2 ** 30

/** A file of an archive. */
export interface TarMember {
  readonly name: string
  /** A view of the archive. */
  readonly data: Uint8Array
}

/**
 * Reads the files of an archive compressed with gzip. Nothing is written to disk.
 *
 * @throws MillraceError `data-file-unreadable`, `data-archive` for one that is truncated or damaged, or has a name that leads out of it
 */
export async function readTarGz(path: string): Promise<readonly TarMember[]> {
  let bytes: Buffer
  try {
    bytes = await promisify(gunzip)(await readRegular(path), { maxOutputLength: maxUnpacked })
  } catch (error) {
    return fail('data-file-unreadable', { path, reason: error instanceof Error ? error.message : String(error) }, {}, error)
  }
  return [...membersOf(path, bytes)]
}

function* membersOf(path: string, bytes: Buffer): Generator<TarMember> {
  for (let at = 0; at + block <= bytes.length && bytes[at] !== 0; ) {
    const header = bytes.subarray(at, at + block)
    if (octal(header, 148, 8) !== checksum(header)) fail('data-archive', { path, seen: `a damaged header at byte ${at}` })
    const name = [string(header, 345, 155), string(header, 0, 100)].filter(part => part !== '').join('/')
    if (name.startsWith('/') || name.split('/').includes('..')) fail('data-archive', { path, seen: `a file named ${JSON.stringify(name)}` })
    const size = octal(header, 124, 12)
    const start = at + block
    if (!(start + size <= bytes.length)) fail('data-archive', { path, seen: `${bytes.length - start} bytes of ${name}, which has ${size}` })
    const isFile = header[156] === 0 || header[156] === 0x30
    if (isFile) yield { name, data: bytes.subarray(start, start + size) }
    at = start + Math.ceil(size / block) * block
  }
}

const string = (header: Buffer, start: number, length: number) =>
  header
    .subarray(start, start + length)
    .toString('utf8')
    .split('\0')[0]!

/** A number of a header; NaN for anything else. */
function octal(header: Buffer, start: number, length: number): number {
  const digits = string(header, start, length).trim()
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN
}

/** The sum of a header's bytes, its own field as spaces. */
function checksum(header: Buffer): number {
  let sum = 0
  for (const [i, byte] of header.entries()) sum += i >= 148 && i < 156 ? 0x20 : byte
  return sum
}
