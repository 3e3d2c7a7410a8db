import { isPlainObject, type JsonValue } from '../../../util/json.js'
import type { Path } from './tree.js'

/** Keys that were surely meant to be others. With them corrected, later stages see what the author meant. */
export class Renames {
  readonly #meant = new Map<string, string>()
  readonly #written = new Map<string, string>()

  add(parent: Path, written: string, meant: string): void {
    this.#meant.set(JSON.stringify([...parent, written]), meant)
    this.#written.set(JSON.stringify([...parent, meant]), written)
  }

  /** The key that this one below `parent` was meant to be. */
  meantBy(parent: Path, written: string): string | undefined {
    return this.#meant.get(JSON.stringify([...parent, written]))
  }

  /** True if some key below `parent` was meant to be this one. */
  has(parent: Path, meant: string): boolean {
    return this.#written.has(JSON.stringify([...parent, meant]))
  }

  /** The data as meant. */
  apply(value: JsonValue, path: readonly string[] = []): JsonValue {
    if (this.#meant.size === 0) return value
    if (Array.isArray(value)) return value.map((item, i) => this.apply(item, [...path, `${i}`]))
    if (!isPlainObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const inside = [...path, key]
        return [this.#meant.get(JSON.stringify(inside)) ?? key, this.apply(item as JsonValue, inside)]
      }),
    )
  }

  /** Maps a path in the data as meant back to the path in the data as written. */
  toWritten(path: Path): Path {
    const written: string[] = []
    for (const key of path) written.push(this.#written.get(JSON.stringify([...written, `${key}`])) ?? `${key}`)
    return written
  }
}
