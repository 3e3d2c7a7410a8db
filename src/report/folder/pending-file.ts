/** Files that survive a failing disk: failed writes stay in memory and are retried. */
import { join } from 'node:path'

/** The functions of node:fs that a run folder calls; tests pass failing ones. */
export interface FileSystem {
  closeSync(descriptor: number): void
  existsSync(path: string): boolean
  fstatSync(descriptor: number): { readonly dev: number; readonly ino: number; readonly size: number }
  fsyncSync(descriptor: number): void
  ftruncateSync(descriptor: number, length: number): void
  mkdirSync(path: string): unknown
  openSync(path: string, flags: string): number
  readFileSync(path: string): Uint8Array
  readFileSync(path: string, encoding: 'utf8'): string
  renameSync(from: string, to: string): void
  rmSync(path: string, options?: { readonly force?: boolean }): void
  statSync(path: string): { readonly dev: number; readonly ino: number; readonly mtime: Date }
  writeFileSync(path: string, data: string | Uint8Array, options?: { readonly flush?: boolean }): void
  writeSync(descriptor: number, data: Uint8Array, offset: number): number
}

/** Which file or folder it is, whatever its name. */
export interface FileIdentity {
  readonly dev: number
  readonly ino: number
}

export const isSame = (one: FileIdentity, other: FileIdentity) => one.dev === other.dev && one.ino === other.ino

/** A file of a run folder. Neither method throws: both return the error that prevented writing, or undefined. */
export interface PendingFile {
  readonly name: string
  /** Writes what is not yet on disk. */
  flush(): Error | undefined
  /** Writes the whole file into another folder. */
  copyTo(folder: string): Error | undefined
}

/** A file written as a whole: under a temporary name beside it, then renamed, so that readers never see half of it. */
export class WholeFile implements PendingFile {
  #saved = false
  readonly #folder: string
  readonly #text: string
  readonly #fs: FileSystem

  constructor(
    readonly name: string,
    folder: string,
    text: string,
    fs: FileSystem,
  ) {
    this.#folder = folder
    this.#text = text
    this.#fs = fs
  }

  flush(): Error | undefined {
    if (this.#saved && this.#fs.existsSync(join(this.#folder, this.name))) return undefined
    const error = writeAtomically(this.#fs, this.#folder, this.name, this.#text)
    this.#saved = error === undefined
    return error
  }

  copyTo(folder: string): Error | undefined {
    return writeAtomically(this.#fs, folder, this.name, this.#text)
  }
}

/**
 * A file that grows by lines. Each line is written at once; half a line on a full disk is truncated before the next try. A file that was
 * removed, replaced or cut is written again as a whole.
 */
export class LinesFile implements PendingFile {
  readonly #chunks: Buffer[] = []
  #descriptor: number | undefined
  /** Chunks on disk, and the offset of their end. */
  #saved = 0
  #end: number
  readonly #folder: string
  readonly #fs: FileSystem
  #before: Uint8Array

  constructor(
    readonly name: string,
    folder: string,
    fs: FileSystem,
    /** Bytes already in the file, when a run is resumed. */
    before: Uint8Array = new Uint8Array(),
  ) {
    this.#folder = folder
    this.#fs = fs
    this.#before = before
    this.#end = before.length
  }

  /** Adds a line, which the next flush writes. */
  add(line: string): void {
    this.#chunks.push(Buffer.from(`${line}\n`))
  }

  flush(): Error | undefined {
    return attempt(() => {
      if (this.#descriptor !== undefined && !this.#isInPlace(this.#descriptor)) this.close()
      this.#descriptor ??= this.#fs.openSync(join(this.#folder, this.name), 'a')
      if (this.#fs.fstatSync(this.#descriptor).size < this.#end) this.#startAgain()
      this.#fs.ftruncateSync(this.#descriptor, this.#end)
      while (this.#saved < this.#chunks.length) {
        const chunk = this.#chunks[this.#saved]!
        this.#fs.ftruncateSync(this.#descriptor, this.#end)
        for (let at = 0; at < chunk.length; ) at += this.#fs.writeSync(this.#descriptor, chunk, at)
        this.#saved++
        this.#end += chunk.length
      }
    })
  }

  /** True if the open file is still the one of that name. */
  #isInPlace(descriptor: number): boolean {
    const path = join(this.#folder, this.name)
    return this.#fs.existsSync(path) && isSame(this.#fs.fstatSync(descriptor), this.#fs.statSync(path))
  }

  /** Everything is to be written again. */
  #startAgain(): void {
    this.#chunks.unshift(Buffer.from(this.#before))
    this.#before = new Uint8Array()
    this.#saved = 0
    this.#end = 0
  }

  /** The length of the file once everything is written. */
  get length(): number {
    return this.#chunks.slice(this.#saved).reduce((length, chunk) => length + chunk.length, this.#end)
  }

  /** Waits until everything written is on disk. */
  sync(): Error | undefined {
    return this.flush() ?? attempt(() => this.#fs.fsyncSync(this.#descriptor!))
  }

  copyTo(folder: string): Error | undefined {
    return attempt(() => this.#fs.writeFileSync(join(folder, this.name), Buffer.concat([this.#before, ...this.#chunks])))
  }

  close(): void {
    if (this.#descriptor !== undefined) attempt(() => this.#fs.closeSync(this.#descriptor!))
    this.#descriptor = undefined
  }
}

function writeAtomically(fs: FileSystem, folder: string, name: string, text: string): Error | undefined {
  const temporary = join(folder, `.${name}.${process.pid}.tmp`)
  const error = attempt(() => {
    fs.writeFileSync(temporary, text, { flush: true })
    fs.renameSync(temporary, join(folder, name))
  })
  if (error) attempt(() => fs.rmSync(temporary, { force: true }))
  return error
}

function attempt(action: () => void): Error | undefined {
  try {
    action()
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
