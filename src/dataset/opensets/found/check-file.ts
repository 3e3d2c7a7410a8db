/** Checksums of the files of a set. */
import { createHash } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { fail } from '../../../errors/index.js'
import type { KnownSet, SetFile } from './known-sets.js'

/**
 * Checks a file, in pieces.
 *
 * @throws MillraceError `data-file-unreadable`, `data-file-checksum`
 */
export async function checkFile(path: string, { md5, isOfContent = false }: Pick<SetFile, 'md5' | 'isOfContent'>): Promise<void> {
  const hash = createHash('md5')
  const into = new Writable({
    write(piece: Buffer, _encoding, done) {
      hash.update(piece)
      done()
    },
  })
  const bytes: ReadStream = createReadStream(path)
  try {
    await (isOfContent ? pipeline(bytes, createGunzip(), into) : pipeline(bytes, into))
  } catch (error) {
    return fail('data-file-unreadable', { path, reason: error instanceof Error ? error.message : String(error) }, {}, error)
  }
  const seen = hash.digest('hex')
  if (seen !== md5) fail('data-file-checksum', { path, sum: 'md5', expected: md5, seen })
}

/**
 * Verifies the checksum of every file of a set in a folder.
 *
 * @example
 * await checkFiles('downloads', knownSets.kmnist)
 *
 * @throws MillraceError `data-file-unreadable`, `data-file-checksum`
 */
export async function checkFiles(folder: string, { files }: Pick<KnownSet, 'files'>): Promise<void> {
  for (const file of files) await checkFile(join(folder, file.name), file)
}
