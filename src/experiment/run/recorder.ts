/** The recorded variables of an experiment: what each holds after each round. */
import { fail } from '../../errors/index.js'
import type { Pipeline } from '../../pipeline/index.js'
import { describeKind } from '../../util/describe-value.js'
import { isPlainObject } from '../../util/json.js'
import { type Recorded, type RecordedValue, recorded } from './recorded.js'

/** The parts of a `pipeline.variable`. */
export function splitReference(ref: string): readonly [pipeline: string, name: string] {
  const dot = ref.indexOf('.')
  return [ref.slice(0, dot), ref.slice(dot + 1)]
}

/** The variable that a reference names, or that holds the `pipeline.variable.key` it names. */
interface Found {
  /** The reference of the variable. */
  readonly ref: string
  /** Undefined if never set. */
  readonly value: unknown
  /** The key; empty if the reference names the variable itself. */
  readonly key: string
}

/** The variable of a reference. */
export function variableAt(pipelines: Readonly<Record<string, Pipeline>>, ref: string): Found {
  const [pipeline, path] = splitReference(ref)
  const variables = pipelines[pipeline]?.variables
  const parts = path.split('.')
  const names = parts.map((_, i) => parts.slice(0, parts.length - i).join('.'))
  const name = names.find(each => variables?.has(each)) ?? path
  return { ref: `${pipeline}.${name}`, value: variables?.get(name), key: path.slice(name.length + 1) }
}

/** Metrics by the name of one: `evaluate` throws for a name that it does not know. */
function isMetrics(value: unknown): value is { readonly evaluate: (name: string) => unknown } {
  const { evaluate, toRecord } = (value ?? {}) as Readonly<Record<string, unknown>>
  return typeof evaluate === 'function' && typeof toRecord === 'function'
}

/** What a reference names: the value of a variable, a metric of metrics, a value of a map; undefined if never set. */
export function valueAt(pipelines: Readonly<Record<string, Pipeline>>, ref: string): unknown {
  const { value, key } = variableAt(pipelines, ref)
  if (key === '') return value
  if (isMetrics(value)) return value.evaluate(key)
  return value instanceof Map ? value.get(key) : isPlainObject(value) ? value[key] : value
}

/** What was recorded of a list: one that grows has one more value per round, which is the value of that round. */
interface Mark {
  readonly length: number
  readonly grows: boolean
  readonly last: Recorded
}

/** What a checkpoint keeps of a recorder. */
export interface RecorderState {
  readonly series: Readonly<Record<string, readonly RecordedValue[]>>
  readonly marks?: Readonly<Record<string, Mark>>
}

/** Keeps a series for each recorded value. */
export class Recorder {
  readonly #series = new Map<string, RecordedValue[]>()
  #marks: Record<string, Mark & { readonly list?: unknown }> = {}
  #rounds = 0
  readonly #pipelines: Readonly<Record<string, Pipeline>>
  readonly #refs: readonly string[]

  constructor(pipelines: Readonly<Record<string, Pipeline>>, refs: readonly string[]) {
    this.#pipelines = pipelines
    this.#refs = refs
    for (const ref of refs) this.#series.set(ref, [])
  }

  /**
   * Appends what every variable holds to its series and returns it by name: `pipeline.variable`, and `pipeline.variable.key` for maps and
   * metrics. Those of pipelines without a value of this round are null in their series and omitted from what is returned.
   *
   * @throws MillraceError `not-recordable`
   */
  record(without: ReadonlySet<string> = new Set()): Recorded {
    const now: Record<string, RecordedValue> = {}
    for (const ref of this.#refs) if (!without.has(splitReference(ref)[0])) Object.assign(now, this.#valuesOf(ref))
    for (const name of Object.keys(now)) {
      if (!this.#series.has(name)) this.#series.set(name, Array<RecordedValue>(this.#rounds).fill(null))
    }
    for (const [name, series] of this.#series) series.push(now[name] ?? null)
    this.#rounds++
    return now
  }

  /** The series by name, as metrics.ndjson calls them. */
  get series(): Readonly<Record<string, readonly RecordedValue[]>> {
    const names = [...this.#series.keys()]
    const isEmpty = (name: string) =>
      this.#series.get(name)!.every(value => value === null) && names.some(other => other.startsWith(`${name}.`))
    return Object.fromEntries([...this.#series].filter(([name]) => !isEmpty(name)))
  }

  /** True if a variable is a list that grows by its newest value. */
  grows(ref: string): boolean {
    return this.#marks[ref]?.grows ?? false
  }

  get state(): Required<RecorderState> {
    const marks = Object.entries(this.#marks).map(([ref, { length, grows, last }]) => [ref, { length, grows, last }])
    return { series: Object.fromEntries(this.#series), marks: Object.fromEntries(marks) }
  }

  /** Continues the series of an earlier process. */
  restore({ series, marks }: RecorderState): void {
    this.#series.clear()
    for (const ref of this.#refs) this.#series.set(ref, [])
    for (const [name, values] of Object.entries(series)) this.#series.set(name, [...values])
    this.#rounds = Math.max(0, ...[...this.#series.values()].map(({ length }) => length))
    this.#marks = { ...(marks ?? this.#marksNow(series)) }
  }

  #valuesOf(ref: string): Recorded {
    const { ref: variable, value, key } = variableAt(this.#pipelines, ref)
    // A key of several parts is that of a list too long to be recorded as a whole.
    if (key !== '' && !key.includes('.') && isMetrics(value)) return recorded(ref, value.evaluate(key))
    const values = Array.isArray(value) ? this.#newest(variable, value) : recorded(variable, value)
    const own = Object.entries(values).filter(([name]) => name === ref || name.startsWith(`${ref}.`))
    if (own.length > 0) return Object.fromEntries(own)
    // A map may get the key later.
    const isOpen = value === null || value === undefined || key === '' || isPlainObject(value) || value instanceof Map
    return isOpen ? { [ref]: null } : fail('not-recordable', { name: ref, seen: `${variable} is ${describeKind(value)}` })
  }

  /** What a list has more than after the round before; if it has not grown, what was recorded then; all of it, if it is another list. */
  #newest(ref: string, list: readonly unknown[]): Recorded {
    const mark = this.#marks[ref]
    const isSame = mark !== undefined && (mark.list === undefined || mark.list === list)
    if (isSame && mark.grows && mark.length === list.length) return mark.last
    const grows = isSame && list.length > mark.length
    const fresh = grows ? list.slice(mark.length) : list
    const last = recorded(ref, fresh.length === 1 ? fresh[0] : fresh)
    this.#marks[ref] = { length: list.length, grows, last, list }
    return last
  }

  /** The marks for a checkpoint that has none: as if lists had grown. */
  #marksNow(series: RecorderState['series']): Record<string, Mark> {
    const lists = this.#refs.flatMap(ref => {
      const { value } = variableAt(this.#pipelines, ref)
      return Array.isArray(value)
        ? [[ref, { length: value.length, grows: true, last: { [ref]: series[ref]?.at(-1) ?? null } }] as const]
        : []
    })
    return Object.fromEntries(lists)
  }
}
