/** The text of a file that is named in a file or on the command line: never more than a bound, and never from what does not end. */
import { isUtf8 } from 'node:buffer'
import { readNamedSync } from '../../../util/files/read-file.js'

/** Bytes of a file at most. */
export const MAX_BYTES = 4 * 2 ** 20

/** @throws Error that says why the file cannot be read */
export function readText(file: string): string {
  const bytes = readNamedSync(file, MAX_BYTES)
  if (!isUtf8(bytes) || bytes.includes(0)) throw new Error('it is not UTF-8 text')
  return bytes.toString('utf8')
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is a file, not a folder',
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
