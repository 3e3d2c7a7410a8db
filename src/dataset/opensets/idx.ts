/** Reads files in the IDX format of the MNIST family: a big-endian header (magic number, sizes of the axes), then uint8 values. */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { fail } from '../../errors/index.js'
import { readRegular } from '../../util/files/read-file.js'
import { sizeOf } from '../../util/nd-array.js'

/** Magic number of a file of uint8 values with three axes: images [n, height, width]. */
export const imagesMagic = 0x00000803
/** Magic number of a file of uint8 values with one axis: labels [n]. */
export const labelsMagic = 0x00000801

/** The most that a compressed file unpacks to. */
const maxUnpacked = 2 ** 30

/** The content of an IDX file. */
export interface IdxFile {
  readonly path: string
  readonly shape: readonly number[]
  /** The values, row-major: a view after the header. */
  readonly data: Uint8Array
}

/**
 * Reads an IDX file of uint8 values, compressed with gzip if its name ends in `.gz`.
 *
 * @param magic the required magic number
 * @param md5   the checksum of the uncompressed file. Default: not checked
 * @throws MillraceError `data-file-unreadable`, `data-file-format`, `data-file-size`, `data-file-checksum`
 */
export async function readIdx(path: string, magic: number, md5?: string): Promise<IdxFile> {
  const bytes = await readBytes(path)
  const axes = magic & 0xff
  const header = 4 + 4 * axes
  const seen = bytes.length < 4 ? undefined : bytes.readUInt32BE(0)
  if (seen !== magic) fail('data-file-format', { path, expected: magic, seen: seen === undefined ? `${bytes.length} bytes` : `${seen}` })
  if (bytes.length < header) fail('data-file-size', { path, expected: header, seen: bytes.length })
  const shape = Array.from({ length: axes }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis))
  const expected = header + sizeOf(shape)
  if (bytes.length !== expected) fail('data-file-size', { path, expected, seen: bytes.length })
  if (md5 !== undefined) checkMd5(path, bytes, md5)
  return { path, shape, data: new Uint8Array(bytes.buffer, bytes.byteOffset + header, bytes.length - header) }
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const bytes = await readRegular(path)
    return path.endsWith('.gz') ? await promisify(gunzip)(bytes, { maxOutputLength: maxUnpacked }) : bytes
  } catch (error) {
    return fail('data-file-unreadable', { path, reason: error instanceof Error ? error.message : String(error) }, {}, error)
  }
}

function checkMd5(path: string, bytes: Buffer, expected: string): void {
  const seen = createHash('md5').update(bytes).digest('hex')
  if (seen !== expected) fail('data-file-checksum', { path, sum: 'md5', expected, seen })
}
