/**
 * Reads files whose names or contents come from others: regular files only, of the size expected. A device, a pipe or a folder of that name is
 * an error, never a read without end.
 */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

export interface ReadFileOptions {
  /** The exact size in bytes, if known. Default: any. */
  readonly bytes?: number | undefined
}

/** A pipe without a writer would keep an open file waiting. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** The most that one call reads. */
const largestRead = 2 ** 30

/** Reads a whole file. @throws Error that says what the file is instead, and errors of the file system */
export async function readRegular(path: string, { bytes }: ReadFileOptions = {}): Promise<Buffer> {
  return withRegular(path, async (file, size) => {
    if (bytes !== undefined) checkSize(size, bytes)
    return readAt(file, 0, Buffer.allocUnsafeSlow(size))
  })
}

/** Reads a whole file in one go. @throws as `readRegular` */
export function readRegularSync(path: string): Buffer {
  const file = openSync(path, flags)
  try {
    const { size } = regular(fstatSync(file))
    const buffer = Buffer.allocUnsafeSlow(size)
    let filled = 0
    while (filled < size) filled += readSync(file, buffer, filled, Math.min(size - filled, largestRead), filled) || endedEarly(filled, size)
    return buffer
  } finally {
    closeSync(file)
  }
}

/** What the shell hands over is open already: standard input, and the output of another program. */
const handedOver = /^\/(?:dev\/(?:stdin|fd\/(?<number>\d+))|proc\/self\/fd\/(?<own>\d+))$/

/** Reads a file that a user names, of at most so many bytes; one that the shell hands over may be a pipe. @throws as `readRegular` */
export function readNamedSync(path: string, maxBytes: number): Buffer {
  const given = handedOver.exec(path)?.groups
  if (given) return readToEnd(Number(given.number ?? given.own ?? 0), maxBytes)
  const file = openSync(path, flags)
  try {
    regular(fstatSync(file))
    return readToEnd(file, maxBytes)
  } finally {
    closeSync(file)
  }
}

function readToEnd(file: number, maxBytes: number): Buffer {
  const pieces: Buffer[] = []
  for (let size = 0; ; ) {
    const piece = Buffer.allocUnsafe(2 ** 16)
    const read = readSync(file, piece)
    size += read
    if (size > maxBytes) throw new Error(`it is larger than ${inWords(maxBytes)}, the most that is read`)
    if (read === 0) return Buffer.concat(pieces, size)
    pieces.push(piece.subarray(0, read))
  }
}

const inWords = (bytes: number) => (bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20} MiB` : `${bytes} bytes`)

/** Opens a file, lets `use` read it, and closes it. @throws as `readRegular` */
export async function withRegular<Result>(path: string, use: (file: FileHandle, size: number) => Promise<Result>): Promise<Result> {
  const file = await open(path, flags)
  try {
    const { size } = regular(await file.stat())
    return await use(file, size)
  } finally {
    await file.close()
  }
}

/** Fills these bytes from a position in the file. @throws Error if the file ends before */
export async function readAt<Bytes extends Uint8Array>(file: FileHandle, position: number, bytes: Bytes): Promise<Bytes> {
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, Math.min(bytes.length - filled, largestRead), position + filled)
    filled += bytesRead || endedEarly(position + filled, position + bytes.length)
  }
  return bytes
}

function checkSize(size: number, wanted: number): void {
  if (size !== wanted) throw new Error(`it has ${size} bytes instead of ${wanted}`)
}

function endedEarly(size: number, wanted: number): never {
  throw new Error(`it ends after ${size} of ${wanted} bytes`)
}

const kinds = {
  isDirectory: 'a folder',
  isFIFO: 'a pipe',
  isSocket: 'a socket',
  isCharacterDevice: 'a device',
  isBlockDevice: 'a device',
} as const

function regular(stats: Stats): Stats {
  if (stats.isFile()) return stats
  const kind = (Object.keys(kinds) as (keyof typeof kinds)[]).find(name => stats[name]())
  throw new Error(`it is ${kind === undefined ? 'something else' : kinds[kind]}, not a file`)
}
