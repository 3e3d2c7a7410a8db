/** Values of metrics of one item, and averages over classes and items. */
import { type Counts, type MetricName, type MetricRow, metricRows, type WhenZero } from './metric-rows.js'

/** How values of classes are averaged: `macro` (or `mean`) is their mean, `micro` the ratio of their sums, null does not average. */
export type Multiclass = 'macro' | 'mean' | 'micro' | null
export const multiclassWays = ['macro', 'mean', 'micro', null] as const satisfies readonly Multiclass[]

/** A quotient; the metric defines the value for a divisor of zero. */
function divide(n: number, d: number, [above, none]: WhenZero): number {
  return d > 0 ? n / d : n > 0 ? above : none
}

/**
 * Returns the mean of the finite values; infinite values and NaN are undefined and skipped. Infinity if none remain. BatchFlow:
 * `infmean`.
 */
export function meanOfFinite(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite)
  return finite.length === 0 ? Infinity : sum(finite) / finite.length
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Computes the metric of one item: a value per class, or one for all classes. */
export function valuesOf(name: string, classes: readonly Counts[], multiclass: Multiclass, whenZero?: WhenZero): readonly number[] {
  const row: MetricRow = metricRows[name as MetricName]
  if ('count' in row) return classes.map(row.count)
  if ('of' in row) {
    const parts = row.of.map(part => valuesOf(part, classes, multiclass, row.whenZero))
    return parts[0]!.map((_, k) => row.formula(...parts.map(part => part[k]!)))
  }
  if (!('ratio' in row)) throw new TypeError(`${name} has no values per class`)
  const [n, d] = row.ratio.map(part => classes.map(counts => valuesOf(part, [counts], null)[0]!)) as [number[], number[]]
  const zero = whenZero ?? row.whenZero
  if (multiclass === 'micro') return [divide(sum(n), sum(d), zero)]
  const each = n.map((value, k) => divide(value, d[k]!, zero))
  return multiclass === null ? each : [meanOfFinite(each)]
}
