/** The base of all metrics: evaluation by name, two ways to combine them, plain data to save them, a table to print. */
import { fail } from '../errors/index.js'
import { columns } from '../util/columns.js'
import type { JsonObject } from '../util/json.js'

/** Rows of a table by label, each with metrics by name. `console.table` prints it. */
export type MetricsTable = Readonly<Record<string, Readonly<Record<string, number>>>>

/** The state of metrics as plain data. `kind` names the class for `metricsFromJson`. */
export interface MetricsJson extends JsonObject {
  readonly kind: string
}

/**
 * Metrics of the data seen so far, item by item. Each class defines its items: an image, a batch of single labels, a sample.
 *
 * There are two ways to combine metrics, the same for every class, vectors and images:
 * `append` adds the other's items after these, so that an average covers all of them;
 * `update` sums everything up to one item, as if all data had come at once.
 * Both change these metrics and not the other's.
 *
 * @example
 * const metrics = new ClassificationMetrics([0, 1, 1], [0, 1, 0], { fmt: 'labels' })
 * metrics.update(new ClassificationMetrics([1, 1], [1, 1], { fmt: 'labels' })).evaluate('recall') // 0.75
 */
export abstract class Metrics {
  /** The number of items. */
  abstract readonly length: number

  /** Returns values by name; see the classes for names and options. */
  abstract evaluate(names: any, options?: any): unknown

  /** Returns metrics of the items from `start` up to `end`, as a copy; negative positions count from the end. */
  abstract slice(start: number, end?: number): this

  /** Returns plain data that `fromJSON` and `metricsFromJson` restore, to the last bit. */
  abstract toJSON(): MetricsJson

  /** Returns values by row, averages last. */
  abstract table(names?: readonly any[]): MetricsTable

  protected abstract takeItems(other: this): void
  protected abstract addUp(): void
  /** Describes what two metrics must share to be combined. */
  protected abstract describe(): string

  /** The name of the class in pipelines and in saved state. */
  get kind(): string {
    return (this.constructor as unknown as { readonly kind: string }).kind
  }

  /**
   * Adds the other's items after these.
   *
   * @throws MillraceError `metrics-differ` if the other's are of another kind
   */
  append(other: Metrics): this {
    this.takeItems(this.checkSame('append', other))
    return this
  }

  /**
   * Sums everything up to one item, as if all data had come at once.
   *
   * @throws MillraceError `metrics-differ` if the other's are of another kind
   */
  update(other: Metrics): this {
    this.takeItems(this.checkSame('update', other))
    this.addUp()
    return this
  }

  /**
   * Returns the metrics of `table` by name, averaged over classes and items: what a run records of a variable that holds metrics.
   *
   * @example
   * new ClassificationMetrics([0, 1, 2], [0, 1, 1], { fmt: 'labels', numClasses: 3 }).toRecord().accuracy // 0.667
   */
  toRecord(): Readonly<Record<string, unknown>> {
    const names = [...new Set(Object.values(this.table()).flatMap(row => Object.keys(row)))]
    return Object.fromEntries(names.flatMap(name => evaluated(this, name)))
  }

  /** Returns metrics of one item; a negative position counts from the end. */
  at(position: number): this {
    const from = position < 0 ? position + this.length : position
    if (!(Number.isInteger(from) && from >= 0 && from < this.length)) {
      fail('position-outside', { of: this.constructor.name, seen: position, length: this.length })
    }
    return this.slice(from, from + 1)
  }

  /** Returns a copy that shares nothing with these. */
  copy(): this {
    return this.slice(0)
  }

  /** Returns the table as text: one row per class, numbers aligned, averages last. */
  toString(names?: readonly any[]): string {
    const rows = Object.entries(this.table(names))
    // The averages, at the end, have every metric.
    const heads = [...new Set(rows.toReversed().flatMap(([, row]) => Object.keys(row)))]
    const cells = rows.map(([label, row]) => [label, ...heads.map(name => formatNumber(row[name]))])
    return columns([['', ...heads], ...cells], { numbers: true })
  }

  /** Returns one value for a name, an object of values for several. */
  protected evaluateEach(names: string | readonly string[], valueOf: (name: string) => unknown): any {
    if (typeof names === 'string') return valueOf(names)
    return Object.fromEntries(names.map(name => [name, valueOf(name)]))
  }

  private checkSame(mode: 'append' | 'update', other: Metrics): this {
    const kept = this.describe()
    const seen = other instanceof Metrics ? other.describe() : typeof other
    return seen === kept ? (other as this) : fail('metrics-differ', { mode, kept, seen })
  }
}

/** A row of a table may have more than metrics: numbers of items. */
function evaluated(metrics: Metrics, name: string): readonly (readonly [string, unknown])[] {
  try {
    return [[name, metrics.evaluate(name)]]
  } catch {
    return []
  }
}

/** Creates metrics of a class with these fields: for copies and for saved state. */
export function revive<M extends Metrics>(prototype: M, fields: object): M {
  return Object.assign(Object.create(prototype) as M, fields)
}

/** Formats with four decimals; integers as they are; an empty cell for a missing metric. */
export function formatNumber(value: number | undefined): string {
  if (value === undefined) return ''
  if (Number.isInteger(value)) return `${value}`
  return Number.isFinite(value) ? value.toFixed(4) : `${value}`.replace('Infinity', 'inf').replace('NaN', 'nan')
}
