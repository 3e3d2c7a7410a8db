/** Earlier measurements on this machine, so that every process makes the same choice. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { cpus, homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { readRegularSync } from '../../util/files/read-file.js'

/** Choices by key, and the machine they were made on: processor, cores, TensorFlow. */
export interface Tuned {
  readonly machine: string
  readonly choices: Readonly<Record<string, string>>
}

/** Choices by key, in a file that is read once and written at each new choice. A file that cannot be read or written is not an error. */
export class TuneCache {
  readonly #machine: string
  readonly #file: string
  #choices: Record<string, string> | undefined
  /** Choices that were returned or adopted: they stay fixed, whatever other processes write. */
  readonly #used = new Map<string, string>()

  /** `version` is TensorFlow's: other kernels take other times. */
  constructor(version: string, folder = defaultFolder()) {
    const [cpu] = cpus()
    this.#machine = `${cpu?.model ?? 'unknown'}, ${cpus().length} cores, TensorFlow ${version}`
    this.#file = join(folder, `${this.#machine.replace(/[^A-Za-z0-9.]+/g, '-')}.json`)
  }

  /** The choices requested so far. */
  get used(): Tuned {
    return { machine: this.#machine, choices: Object.fromEntries(this.#used) }
  }

  /** Prefers these choices to those of the file. Those of another machine are ignored, and choices already requested do not change. */
  takeOver({ machine, choices }: Tuned): void {
    if (machine !== this.#machine) return
    for (const [key, choice] of Object.entries(choices)) if (!this.#used.has(key)) this.#used.set(key, choice)
  }

  get(key: string): string | undefined {
    this.#choices ??= this.#read()
    const kept = this.#used.get(key) ?? (Object.hasOwn(this.#choices, key) ? this.#choices[key] : undefined)
    if (kept !== undefined) this.#used.set(key, kept)
    return kept
  }

  /** Stores a choice. What another process has written meanwhile is kept. */
  set(key: string, choice: string): void {
    this.#used.set(key, choice)
    this.#choices = { ...this.#read(), ...this.#choices, [key]: choice }
    const partial = `${this.#file}.${process.pid}`
    try {
      mkdirSync(dirname(this.#file), { recursive: true })
      writeFileSync(partial, `${JSON.stringify(this.#choices, null, 1)}\n`)
      renameSync(partial, this.#file)
    } catch {
      // Without permission to write the cache, this process still remembers.
    }
  }

  #read(): Record<string, string> {
    try {
      const read: unknown = JSON.parse(readRegularSync(this.#file).toString('utf8'))
      const entries = Object.entries(typeof read === 'object' && read !== null ? read : {})
      return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
    } catch {
      return {}
    }
  }
}

/** `MILLRACE_CACHE`, by default Millrace's folder in the user's cache. */
function defaultFolder(): string {
  const { MILLRACE_CACHE, XDG_CACHE_HOME } = process.env
  return join(MILLRACE_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'millrace'), 'tune')
}
