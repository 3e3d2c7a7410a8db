/** What all metrics have: evaluation by name, two ways to put them together, plain data to save them, a table to print. */
import { fail } from '../errors/index.js'
import { columns } from '../util/columns.js'
import type { JsonObject } from '../util/json.js'

/** Rows of a table by their label; in each the metrics by their name. `console.table` shows it as it is. */
export type MetricsTable = Readonly<Record<string, Readonly<Record<string, number>>>>

/** The state of metrics as plain data. `kind` says which class it is of: `metricsFromJson` reads it. */
export interface MetricsJson extends JsonObject {
  readonly kind: string
}

/**
 * Metrics of data seen so far, an item after another. What an item is, each class says: an image, a batch of single labels, a sample.
 *
 * There are two ways to put metrics together, the same for every class and for vectors and images alike:
 * `append` puts the other's items behind these, so that an average goes over all of them;
 * `update` adds everything up to one item, so that it is as if all data had come at once.
 * Both change these metrics and leave the other's alone.
 *
 * @example
 * const metrics = new ClassificationMetrics([0, 1, 1], [0, 1, 0], { fmt: 'labels' })
 * metrics.update(new ClassificationMetrics([1, 1], [1, 1], { fmt: 'labels' })).evaluate('recall') // 0.75
 */
export abstract class Metrics {
  /** The number of items. */
  abstract readonly length: number

  /** Values by name; see the classes for names and options. */
  abstract evaluate(names: any, options?: any): unknown

  /** Metrics of the items from `start` up to `end`, a copy; negative ones count from the end. */
  abstract slice(start: number, end?: number): this

  /** Plain data that `fromJSON` and `metricsFromJson` read, to the last bit. */
  abstract toJSON(): MetricsJson

  /** Values by row, the averages last. */
  abstract table(names?: readonly any[]): MetricsTable

  protected abstract takeItems(other: this): void
  protected abstract addUp(): void
  /** What two metrics must share to be put together, in words. */
  protected abstract describe(): string

  /** The name of the class in pipelines and in saved state. */
  get kind(): string {
    return (this.constructor as unknown as { readonly kind: string }).kind
  }

  /**
   * Puts the other's items behind these.
   *
   * @throws MillraceError `metrics-differ` where the other's are of another kind
   */
  append(other: Metrics): this {
    this.takeItems(this.checkSame('append', other))
    return this
  }

  /**
   * Adds everything up to one item: as if all data had come at once.
   *
   * @throws MillraceError `metrics-differ` where the other's are of another kind
   */
  update(other: Metrics): this {
    this.takeItems(this.checkSame('update', other))
    this.addUp()
    return this
  }

  /** Metrics of one item; a negative position counts from the end. */
  at(position: number): this {
    const from = position < 0 ? position + this.length : position
    if (!(Number.isInteger(from) && from >= 0 && from < this.length)) {
      fail('position-outside', { of: this.constructor.name, seen: position, length: this.length })
    }
    return this.slice(from, from + 1)
  }

  /** A copy that shares nothing with these. */
  copy(): this {
    return this.slice(0)
  }

  /** The table as text: a row for each class, numbers aligned, averages last. */
  toString(names?: readonly any[]): string {
    const rows = Object.entries(this.table(names))
    // The averages, at the end, have every metric there is.
    const heads = [...new Set(rows.toReversed().flatMap(([, row]) => Object.keys(row)))]
    const cells = rows.map(([label, row]) => [label, ...heads.map(name => formatNumber(row[name]))])
    return columns([['', ...heads], ...cells], { numbers: true })
  }

  /** One value for a name, an object of values for several. */
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

/** Metrics of a class with these fields: how copies are made, and what was saved comes back. */
export function revive<M extends Metrics>(prototype: M, fields: object): M {
  return Object.assign(Object.create(prototype) as M, fields)
}

/** Four digits after the point; whole numbers as they are; nothing for what a row does not have. */
export function formatNumber(value: number | undefined): string {
  if (value === undefined) return ''
  if (Number.isInteger(value)) return `${value}`
  return Number.isFinite(value) ? value.toFixed(4) : `${value}`.replace('Infinity', 'inf').replace('NaN', 'nan')
}
