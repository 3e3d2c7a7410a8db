/** The text of a file that is named in a file or on the command line: never more than a bound, and never from what does not end. */
import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'

/** Bytes of a file at most. */
export const MAX_BYTES = 4 * 2 ** 20

/** What the shell hands over: an end that is already open, `millrace check /dev/stdin` or `<(…)`. */
const handedOver = /^\/dev\/(?:stdin|fd\/\d+)$/

/** @throws Error that says why the file cannot be read */
export function readText(file: string): string {
  // Opening a pipe waits for its other end, so that the kind is asked for first.
  if (!handedOver.test(file) && !statSync(file).isFile()) throw new Error(kindOf(file))
  const descriptor = openSync(file, 'r')
  try {
    if (!handedOver.test(file) && !fstatSync(descriptor).isFile()) throw new Error(kindOf(file))
    const bytes = readUpTo(descriptor, MAX_BYTES + 1)
    if (bytes.length > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES / 2 ** 20} MiB, the most that is read`)
    if (!isUtf8(bytes) || bytes.includes(0)) throw new Error('it is not UTF-8 text')
    return bytes.toString('utf8')
  } finally {
    closeSync(descriptor)
  }
}

function readUpTo(descriptor: number, most: number): Buffer {
  const chunks: Buffer[] = []
  for (let read = 0, length = 1; read < most && length > 0; read += length) {
    const chunk = Buffer.alloc(Math.min(2 ** 16, most - read))
    length = readSync(descriptor, chunk)
    chunks.push(chunk.subarray(0, length))
  }
  return Buffer.concat(chunks)
}

function kindOf(file: string): string {
  return statSync(file).isDirectory() ? reasons.EISDIR! : 'it is not a regular file'
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ERR_INVALID_ARG_VALUE: 'its name contains a null character',
}

/** Why a file cannot be read, for an error. */
export function unreadableBecause(error: unknown): string {
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? '']
  return reason ?? (error instanceof Error ? error.message : `${error}`)
}
