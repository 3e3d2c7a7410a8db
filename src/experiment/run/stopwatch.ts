/** Measures how long the batches of each pipeline take. */
import type { PipelineTiming } from '../../report/index.js'

/** Collects milliseconds by pipeline. */
export class Stopwatch {
  readonly #laps = new Map<string, number[]>()

  /** Awaits `work` and returns its result; records how long it took, unless `counts` says that it was not a batch. */
  async time<T>(pipeline: string, work: () => Promise<T>, counts: (value: T) => boolean = () => true): Promise<T> {
    const started = performance.now()
    const value = await work()
    if (counts(value)) this.#note(pipeline, performance.now() - started)
    return value
  }

  /** Milliseconds that the last batch of a pipeline took. */
  last(pipeline: string): number {
    return round(this.#laps.get(pipeline)?.at(-1) ?? 0)
  }

  #note(pipeline: string, ms: number): void {
    const laps = this.#laps.get(pipeline)
    if (laps) laps.push(ms)
    else this.#laps.set(pipeline, [ms])
  }

  /** Every batch's milliseconds so far. */
  get state(): Readonly<Record<string, readonly number[]>> {
    return Object.fromEntries(this.#laps)
  }

  /** Continues from the times of an earlier process. */
  restore(state: Stopwatch['state']): void {
    this.#laps.clear()
    for (const [name, laps] of Object.entries(state)) this.#laps.set(name, [...laps])
  }

  /** The median batch and the number of batches, by pipeline. */
  timing(): Record<string, PipelineTiming> {
    return Object.fromEntries([...this.#laps].map(([name, laps]) => [name, { medianMs: round(median(laps)), batches: laps.length }]))
  }
}

/** The median of a list of numbers; the mean of the middle two if their count is even; 0 for none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Milliseconds to one decimal: more digits are noise. */
function round(ms: number): number {
  return Math.round(ms * 10) / 10
}
