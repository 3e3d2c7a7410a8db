/** The recorded values that a progress display shows: their newest numbers, smoothed. */
import type { Round } from '../../experiment.js'

/** Rounds to smooth over. */
const SPAN = 10

/** Follows the values of a run's rounds. */
export class SmoothedValues {
  readonly #smoothed = new Map<string, number>()

  /** Adds the values of a round. */
  add(values: Round['values']): void {
    for (const [ref, value] of Object.entries(values)) {
      if (typeof value !== 'number') continue
      const name = nameOf(ref, Object.keys(values))
      const old = this.#smoothed.get(name)
      this.#smoothed.set(name, old === undefined ? value : old + (2 / (SPAN + 1)) * (value - old))
    }
  }

  of(name: string): number | undefined {
    return this.#smoothed.get(name)
  }
}

/** The names that recorded variables are shown by: their own, unless another pipeline has a variable of that name. */
export function namesOf(refs: readonly string[]): readonly string[] {
  return refs.map(ref => nameOf(ref, refs))
}

const own = (ref: string) => ref.slice(ref.indexOf('.') + 1)
const nameOf = (ref: string, refs: readonly string[]) => (refs.some(other => other !== ref && own(other) === own(ref)) ? ref : own(ref))
