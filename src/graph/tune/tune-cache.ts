/** What was measured before on this machine, so that every process makes the same choice. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { cpus, homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** Choices by key, and the machine they were made on: processor, cores, TensorFlow. */
export interface Tuned {
  readonly machine: string
  readonly choices: Readonly<Record<string, string>>
}

/** Choices by key, in a file that is read once and written at each new choice. A file that cannot be read or written is no error. */
export class TuneCache {
  readonly #machine: string
  readonly #file: string
  #choices: Record<string, string> | undefined
  /** What was asked for and given, or taken over: it stays as it is, whatever other processes write. */
  readonly #used = new Map<string, string>()

  /** `version` is TensorFlow's: other kernels, other times. */
  constructor(version: string, folder = defaultFolder()) {
    const [cpu] = cpus()
    this.#machine = `${cpu?.model ?? 'unknown'}, ${cpus().length} cores, TensorFlow ${version}`
    this.#file = join(folder, `${this.#machine.replace(/[^A-Za-z0-9.]+/g, '-')}.json`)
  }

  /** The choices that were asked for so far. */
  get used(): Tuned {
    return { machine: this.#machine, choices: Object.fromEntries(this.#used) }
  }

  /** Prefers these choices to those of the file. Those of another machine, and what was asked for before, change nothing. */
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

  /** Keeps a choice. What another process has written meanwhile stays. */
  set(key: string, choice: string): void {
    this.#used.set(key, choice)
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
