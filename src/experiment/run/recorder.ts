/** The recorded variables of an experiment: the newest value of each, after each round. */
import type { Pipeline } from '../../pipeline/index.js'
import { newestNumber as newestOf } from '../../util/newest-number.js'

/** A recorded value: a number, or null if there was none (nothing saved yet, not a number, infinite). */
export type RecordedValue = number | null

/** The parts of a `pipeline.variable`. */
export function splitReference(ref: string): readonly [pipeline: string, name: string] {
  const dot = ref.indexOf('.')
  return [ref.slice(0, dot), ref.slice(dot + 1)]
}

/** Keeps a series of numbers for each recorded variable. */
export class Recorder {
  readonly series: Readonly<Record<string, RecordedValue[]>>

  constructor(
    private readonly pipelines: Readonly<Record<string, Pipeline>>,
    refs: readonly string[],
  ) {
    this.series = Object.fromEntries(refs.map(ref => [ref, []]))
  }

  /** Appends the newest value of every variable to its series and returns them, by `pipeline.variable`. */
  record(): Record<string, RecordedValue> {
    const newest: Record<string, RecordedValue> = {}
    for (const [ref, series] of Object.entries(this.series)) {
      const [pipeline, name] = splitReference(ref)
      newest[ref] = newestNumber(this.pipelines[pipeline]!.v(name))
      series.push(newest[ref])
    }
    return newest
  }

  /** Continues the series of an earlier process. */
  restore(series: Readonly<Record<string, readonly RecordedValue[]>>): void {
    for (const [ref, values] of Object.entries(this.series)) {
      values.length = 0
      for (const value of series[ref] ?? []) values.push(value)
    }
  }

  /** The series by variable name; a name that two pipelines share is prefixed with its pipeline. */
  byName(): Record<string, readonly RecordedValue[]> {
    const refs = Object.keys(this.series)
    const alone = (ref: string) => refs.filter(other => splitReference(other)[1] === splitReference(ref)[1]).length === 1
    return Object.fromEntries(refs.map(ref => [alone(ref) ? splitReference(ref)[1] : ref, this.series[ref]!]))
  }
}

/** The last number in a variable's value: a list's last entry, an array's last element. */
export function newestNumber(value: unknown): RecordedValue {
  const newest = newestOf(value)
  return newest !== null && Number.isFinite(newest) ? newest : null
}
