/** What was measured before on this machine, so that every process makes the same choice. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { cpus, homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** Choices by key, in a file that is read once and written at each new choice. A file that cannot be read or written is no error. */
export class TuneCache {
  readonly #file: string
  #choices: Record<string, string> | undefined

  /** `version` is TensorFlow's: other kernels, other times. */
  constructor(version: string, folder = defaultFolder()) {
    const [cpu] = cpus()
    const machine = `${cpu?.model ?? 'unknown'}, ${cpus().length} cores, TensorFlow ${version}`
    this.#file = join(folder, `${machine.replace(/[^A-Za-z0-9.]+/g, '-')}.json`)
  }

  get(key: string): string | undefined {
    this.#choices ??= this.#read()
    return Object.hasOwn(this.#choices, key) ? this.#choices[key] : undefined
  }

  /** Keeps a choice. What another process has written meanwhile stays. */
  set(key: string, choice: string): void {
    this.#choices = { ...this.#read(), ...this.#choices, [key]: choice }
    const partial = `${this.#file}.${process.pid}`
    try {
      mkdirSync(dirname(this.#file), { recursive: true })
      writeFileSync(partial, `${JSON.stringify(this.#choices, null, 1)}\n`)
      renameSync(partial, this.#file)
    } catch {
      // A cache that may not be written is as good as none: this process remembers.
    }
  }

  #read(): Record<string, string> {
    try {
      const read: unknown = JSON.parse(readFileSync(this.#file, 'utf8'))
      const entries = Object.entries(typeof read === 'object' && read !== null ? read : {})
      return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
    } catch {
      return {}
    }
  }
}

/** `MILLRACE_CACHE`, by default the cache folder of Millrace among the user's. */
function defaultFolder(): string {
  const { MILLRACE_CACHE, XDG_CACHE_HOME } = process.env
  return join(MILLRACE_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'millrace'), 'tune')
}
