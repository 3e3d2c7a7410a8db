/** The folder of a run: metrics line by line, whole files at the end, and nothing lost to a full disk. */

import { randomBytes } from 'node:crypto'
import * as nodeFs from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fail } from '../../errors/index.js'
import { makeFolder } from '../../util/files/make-folder.js'
import { type FileIdentity, type FileSystem, isSame, LinesFile, type PendingFile, WholeFile } from './pending-file.js'
import { movePrevious } from './previous.js'

/** A run's output folder. Writes never throw: failed writes are kept in memory until `finish`. */
export interface RunFolder {
  /** Its absolute path. */
  readonly path: string
  /** Where an earlier run's files were moved, if there were any. */
  readonly previous: string | undefined
  /** The folder for files that cannot be written here: below the system's temporary folder, created on demand. */
  readonly rescue: string
  /** The error that currently prevents writing, e.g. to warn once; undefined if there is none. */
  readonly problem: Error | undefined
  /** The error if the folder has been removed, renamed or replaced since it was opened: nothing more is written there. */
  readonly gone: Error | undefined
  /** Appends one line to metrics.ndjson. */
  appendMetrics(line: object): void
  /** Waits until all of metrics.ndjson is on disk and returns its length in bytes; undefined if it cannot be written. */
  syncMetrics(): number | undefined
  /** Writes or replaces a whole file; its name must be a plain file name. */
  writeText(name: string, text: string): void
  /** Writes a whole JSON file, indented by two. */
  writeJson(name: string, value: unknown): void
  /**
   * Retries failed writes and closes the folder. If the disk is still full, or the folder is gone, all files go to a new folder below the system's
   * temporary folder and `run-files-rescued` is thrown, which names both, or `run-files-lost` if that fails too.
   */
  finish(): void
}

export interface OpenRunFolderOptions {
  /** Continue in the folder of an earlier run: its files stay, metrics are appended. Default false. */
  readonly resume?: boolean
  /** With `resume`: the bytes of metrics.ndjson to keep. Default: every complete line. */
  readonly metricsBytes?: number
  /** Default node:fs. */
  readonly fs?: FileSystem
}

/**
 * Opens a run's output folder, creating it. Files of an earlier run are moved to `previous/<time it started>/`.
 *
 * @example
 * const folder = openRunFolder('runs/se-comparison/1')
 * folder.appendMetrics({ iteration: 1, 'resTest.resLoss': 2.41 })
 * folder.writeJson('results.json', results)
 * folder.finish()
 *
 * @throws MillraceError `run-folder-not-writable`, before anything is run.
 */
export function openRunFolder(folder: string, { resume = false, metricsBytes, fs = nodeFs }: OpenRunFolderOptions = {}): RunFolder {
  const path = resolve(folder)
  let previous: string | undefined
  let before: Buffer | undefined
  let identity: FileIdentity
  try {
    makeFolder(path, fs)
    const probe = join(path, `.millrace.${process.pid}.tmp`)
    fs.writeFileSync(probe, 'can this folder be written?')
    fs.rmSync(probe)
    const metrics = join(path, 'metrics.ndjson')
    if (!resume) previous = movePrevious(fs, path)
    else if (fs.existsSync(metrics)) {
      const written = Buffer.from(fs.readFileSync(metrics))
      before = written.subarray(0, metricsBytes ?? written.lastIndexOf('\n') + 1)
    }
    identity = fs.statSync(path)
  } catch (error) {
    return fail('run-folder-not-writable', { folder: path, reason: reasonOf(error) }, {}, error)
  }
  return new OpenFolder(path, previous, fs, before, identity)
}

class OpenFolder implements RunFolder {
  problem: Error | undefined
  readonly rescue: string
  readonly #metrics: LinesFile
  readonly #files = new Map<string, PendingFile>()
  readonly #fs: FileSystem
  readonly #identity: FileIdentity

  constructor(
    readonly path: string,
    readonly previous: string | undefined,
    fs: FileSystem,
    before: Buffer | undefined,
    identity: FileIdentity,
  ) {
    this.#fs = fs
    this.#identity = identity
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
    this.rescue = join(tmpdir(), `millrace-${basename(path)}-${stamp}-${process.pid}-${randomBytes(3).toString('hex')}`)
    this.#metrics = new LinesFile('metrics.ndjson', path, fs, before)
  }

  appendMetrics(line: object): void {
    this.#files.set(this.#metrics.name, this.#metrics)
    this.#metrics.add(JSON.stringify(line))
    this.problem = this.gone ?? this.#metrics.flush()
  }

  syncMetrics(): number | undefined {
    this.#files.set(this.#metrics.name, this.#metrics)
    this.problem = this.gone ?? this.#metrics.sync()
    return this.problem ? undefined : this.#metrics.length
  }

  writeText(name: string, text: string): void {
    if (name !== basename(name)) throw new TypeError(`${name} is not a plain file name`)
    const file = new WholeFile(name, this.path, text, this.#fs)
    this.#files.set(name, file)
    this.problem = this.gone ?? file.flush() ?? this.problem
  }

  writeJson(name: string, value: unknown): void {
    this.writeText(name, `${JSON.stringify(value, null, 2)}\n`)
  }

  finish(): void {
    const failed = this.gone ?? [...this.#files.values()].map(file => file.flush()).find(error => error !== undefined)
    this.#metrics.close()
    this.problem = failed
    if (failed) this.#rescueAll(failed)
  }

  get gone(): Error | undefined {
    if (this.#fs.existsSync(this.path) && isSame(this.#identity, this.#fs.statSync(this.path))) return undefined
    return new Error('the folder was removed, renamed or replaced while the run was writing to it')
  }

  #rescueAll(failed: Error): never {
    const { rescue } = this
    const details = { folder: this.path, rescue, reason: reasonOf(failed) }
    try {
      makeFolder(rescue, this.#fs)
    } catch (error) {
      fail('run-files-lost', { ...details, rescueReason: reasonOf(error) }, {}, failed)
    }
    const lost = [...this.#files.values()].map(file => file.copyTo(rescue)).find(error => error !== undefined)
    if (lost) fail('run-files-lost', { ...details, rescueReason: reasonOf(lost) }, {}, failed)
    fail('run-files-rescued', details, {}, failed)
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'there is a file of that name',
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const known = code === undefined ? undefined : reasons[code]
  return known ? `${known} (${code})` : (message ?? String(error))
}
