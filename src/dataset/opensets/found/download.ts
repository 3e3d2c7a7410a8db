/** Downloads that are resumed and appear complete or not at all. */
import { existsSync, mkdirSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, MillraceError } from '../../../errors/index.js'
import { checkFile } from './check-file.js'
import type { KnownSet, SetFile } from './known-sets.js'

/** How a download is watched and stopped. */
export interface DownloadOptions {
  /** Called with the bytes there are of a file. */
  readonly onProgress?: (file: SetFile, bytes: number) => void
  readonly signal?: AbortSignal
}

/**
 * Downloads the files of a set that are not in the folder yet. What an interrupted download left (`NAME.partial`) is continued. A file has its
 * name only once size and checksum are right.
 *
 * @example
 * await downloadSet(cachedFolder('kmnist', knownSets.kmnist), knownSets.kmnist, { onProgress: (file, bytes) => console.log(file.name, bytes) })
 *
 * @throws MillraceError `data-download`
 */
export async function downloadSet(folder: string, { files }: Pick<KnownSet, 'files'>, options: DownloadOptions = {}): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const file of files) if (!existsSync(join(folder, file.name))) await downloadFile(folder, file, options)
}

/** Downloads a file from the first address that has it. @throws MillraceError `data-download` */
async function downloadFile(folder: string, file: SetFile, options: DownloadOptions): Promise<void> {
  const partial = join(folder, `${file.name}.partial`)
  const reasons: string[] = []
  for (const url of file.urls) {
    try {
      await receive(url, partial, file, options)
      await checkReceived(partial, file)
      return await rename(partial, join(folder, file.name))
    } catch (error) {
      options.signal?.throwIfAborted()
      reasons.push(`${url}: ${reasonOf(error)}`)
    }
  }
  fail('data-download', { file: file.name, folder, reasons })
}

/** Appends what is missing of a file; starts anew where the server sends all of it. */
async function receive(url: string, partial: string, file: SetFile, { onProgress, signal }: DownloadOptions): Promise<void> {
  const there = await sizeOf(partial)
  if (there > 0 && there === file.bytes) return
  const response = await fetch(url, { headers: there > 0 ? { range: `bytes=${there}-` } : {}, ...(signal && { signal }) })
  const isRest = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${there}-`) === true
  const isComplete = response.status === 416 && response.headers.get('content-range') === `bytes */${there}`
  if (isComplete) return await response.body?.cancel()
  if (!(isRest || response.status === 200)) {
    await response.body?.cancel()
    if (response.status === 416) await rm(partial, { force: true })
    throw new Error(`status ${response.status}`)
  }
  const handle = await open(partial, isRest ? 'a' : 'w')
  try {
    let bytes = isRest ? there : 0
    for await (const piece of response.body ?? []) {
      bytes += piece.length
      if (file.bytes !== undefined && bytes > file.bytes) throw await discarded(partial, `more than ${file.bytes} bytes`)
      await handle.writeFile(piece)
      onProgress?.(file, bytes)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A shorter file stays, to be continued; a wrong one goes. */
async function checkReceived(partial: string, file: SetFile): Promise<void> {
  const seen = await sizeOf(partial)
  if (file.bytes !== undefined && seen < file.bytes) throw new Error(`${seen} bytes of ${file.bytes}`)
  try {
    await checkFile(partial, file)
  } catch (error) {
    throw await discarded(partial, reasonOf(error))
  }
}

async function discarded(partial: string, reason: string): Promise<Error> {
  await rm(partial, { force: true })
  return new Error(reason)
}

const sizeOf = (path: string) =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )

/** The reason of a failure; that of `fetch` is in its cause. */
function reasonOf(error: unknown): string {
  if (error instanceof MillraceError) return `${error.parts.what}${error.parts.seen === undefined ? '' : ` (${error.parts.seen})`}`
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
