/** Random choices that a seed decides. */

export interface Choices {
  /** An integer from 0 up to, but not including, `below`. */
  int(below: number): number
  /** A number between 0 and 1. */
  number(): number
  pick<T>(list: readonly T[]): T
  chance(share: number): boolean
}

/** The choices of a seed (the generator is Mulberry32). */
export function choicesOf(seed: number): Choices {
  let state = (seed * 0x9e3779b1 + 0x6d2b79f5) | 0
  const number = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (below: number) => Math.floor(number() * below)
  return { number, int, pick: list => list[int(list.length)]!, chance: share => number() < share }
}

/** The seeds to try: the first `count`, or those that an environment variable lists, e.g. `MILLRACE_FUZZ=500` or `MILLRACE_FUZZ=seed:17,230`. */
export function seedsFrom(text: string | undefined, count: number): number[] {
  if (text?.startsWith('seed:')) return text.slice('seed:'.length).split(',').map(Number)
  return Array.from({ length: text === undefined || text === '' ? count : Number(text) }, (_, i) => i)
}
