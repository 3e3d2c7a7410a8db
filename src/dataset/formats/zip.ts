/** Reads zip archives: every entry is bounded before it is unpacked, and verified by its checksum. */
import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'

/** A file of an archive. */
export interface ZipEntry {
  readonly name: string
  readonly bytes: Uint8Array
}

interface Record {
  readonly name: string
  readonly method: number
  readonly flags: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/** Archives below this size, unpacked, are never refused; larger ones are if they are that many times larger than the archive. */
const largeBytes = 2 ** 30
const largeRatio = 100

/** Flags of entries that are encrypted. */
const encrypted = 0x2041

const signatures = { entry: 0x04034b50, record: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 } as const

/** Returns the files of an archive, in its order. @throws Error that says what is wrong with it */
export async function readZip(archive: Buffer): Promise<ZipEntry[]> {
  const records = readRecords(archive)
  const total = records.reduce((sum, { size }) => sum + size, 0)
  if (total > Math.max(largeBytes, largeRatio * archive.length)) {
    throw new Error(
      `it would unpack to ${total} bytes, ${Math.round(total / archive.length)} times its size; store such arrays as .npy files`,
    )
  }
  const entries: ZipEntry[] = []
  for (const record of records) entries.push({ name: record.name, bytes: await unpack(archive, record) })
  return entries
}

async function unpack(archive: Buffer, { name, method, flags, crc, packed, size, offset }: Record): Promise<Uint8Array> {
  const refuse = (problem: string) => broken(`${name} ${problem}`)
  if ((flags & encrypted) !== 0) return refuse('is encrypted')
  if (at(archive, offset, 30).readUInt32LE(0) !== signatures.entry) return refuse('has no header where it should be')
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
  const data = at(archive, start, packed)
  if (method !== 0 && method !== 8) return refuse(`is packed by method ${method}; stored and deflated files can be read`)
  const bytes = method === 0 ? new Uint8Array(data) : await inflate(data, size).catch(error => refuse(`is damaged: ${error.message}`))
  if (bytes.length !== size) return refuse(`has ${bytes.length} bytes instead of ${size}`)
  if (crc32(bytes) !== crc) return refuse('is damaged: its checksum (CRC-32) is another')
  return bytes
}

const inflateAsync = promisify(inflateRaw as (data: Buffer, options: object, done: (error: Error | null, result: Buffer) => void) => void)

/** Returns a result with its own memory, aligned for arrays of numbers. */
async function inflate(data: Buffer, size: number): Promise<Uint8Array> {
  return new Uint8Array(await inflateAsync(data, { maxOutputLength: Math.max(1, size) }))
}

/** The entries that the directory at the end of an archive lists. */
function readRecords(archive: Buffer): Record[] {
  const { count, offset } = findDirectory(archive)
  const records: Record[] = []
  for (let i = 0, place = offset; i < count; i++) {
    const fixed = at(archive, place, 46)
    if (fixed.readUInt32LE(0) !== signatures.record) broken('its directory is damaged')
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map(position => fixed.readUInt16LE(position)) as [number, number, number]
    const name = at(archive, place + 46, nameBytes).toString('utf8')
    const extra = at(archive, place + 46 + nameBytes, extraBytes)
    records.push({
      name,
      ...sizesOf(fixed, extra),
      method: fixed.readUInt16LE(10),
      flags: fixed.readUInt16LE(8),
      crc: fixed.readUInt32LE(16),
    })
    place += 46 + nameBytes + extraBytes + commentBytes
  }
  return records
}

/** Sizes and position of an entry: those that do not fit 32 bits are in an extra field of 64, in this order. */
function sizesOf(fixed: Buffer, extra: Buffer): Pick<Record, 'size' | 'packed' | 'offset'> {
  const large = extraField(extra, 1)
  let next = 0
  const read = (position: number) => {
    const value = fixed.readUInt32LE(position)
    if (value !== 0xffffffff || large === undefined) return value
    next += 8
    return Number(at(large, next - 8, 8).readBigUInt64LE())
  }
  const size = read(24)
  const packed = read(20)
  return { size, packed, offset: read(42) }
}

function extraField(extra: Buffer, wanted: number): Buffer | undefined {
  for (let place = 0; place + 4 <= extra.length; place += 4 + extra.readUInt16LE(place + 2)) {
    if (extra.readUInt16LE(place) === wanted) return at(extra, place + 4, extra.readUInt16LE(place + 2))
  }
  return undefined
}

function findDirectory(archive: Buffer): { readonly count: number; readonly offset: number } {
  // A comment of at most 65,535 bytes may follow.
  for (let place = archive.length - 22; place >= Math.max(0, archive.length - 22 - 0xffff); place--) {
    if (archive.readUInt32LE(place) !== signatures.end || place + 22 + archive.readUInt16LE(place + 20) !== archive.length) continue
    const [count, offset] = [archive.readUInt16LE(place + 10), archive.readUInt32LE(place + 16)]
    const hasLarge = place >= 20 && archive.readUInt32LE(place - 20) === signatures.locator64
    return hasLarge ? largeDirectory(archive, Number(archive.readBigUInt64LE(place - 12))) : { count, offset }
  }
  return broken('its end is missing: it is truncated, or no archive')
}

function largeDirectory(archive: Buffer, place: number): { readonly count: number; readonly offset: number } {
  const fixed = at(archive, place, 56)
  if (fixed.readUInt32LE(0) !== signatures.end64) broken('its directory is damaged')
  return { count: Number(fixed.readBigUInt64LE(32)), offset: Number(fixed.readBigUInt64LE(48)) }
}

function at(archive: Buffer, start: number, length: number): Buffer {
  const end = start + length
  return start >= 0 && end <= archive.length ? archive.subarray(start, end) : broken('it is truncated or its directory is damaged')
}

function broken(problem: string): never {
  throw new Error(problem)
}
