/** Values of metrics of one item, and averages over classes and items. */
import { type Counts, type MetricName, type MetricRow, metricRows, type WhenZero } from './metric-rows.js'

/** How values of classes become one: `macro` (or `mean`) their mean, `micro` the ratio of their sums, null not at all. */
export type Multiclass = 'macro' | 'mean' | 'micro' | null
export const multiclassWays = ['macro', 'mean', 'micro', null] as const satisfies readonly Multiclass[]

/** A quotient, with what the metric says where the divisor is zero. */
function divide(n: number, d: number, [above, none]: WhenZero): number {
  return d > 0 ? n / d : n > 0 ? above : none
}

/**
 * The mean of the finite values: what is infinite or no number is left out, as undefined. Infinity if nothing is left. BatchFlow:
 * `infmean`.
 */
export function meanOfFinite(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite)
  return finite.length === 0 ? Infinity : sum(finite) / finite.length
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** The metric of one item: a value for each class, or one for all of them. */
export function valuesOf(name: string, classes: readonly Counts[], multiclass: Multiclass, whenZero?: WhenZero): readonly number[] {
  const row: MetricRow = metricRows[name as MetricName]
  if ('count' in row) return classes.map(row.count)
  if ('of' in row) {
    const parts = row.of.map(part => valuesOf(part, classes, multiclass, row.whenZero))
    return parts[0]!.map((_, k) => row.formula(...parts.map(part => part[k]!)))
  }
  if (!('ratio' in row)) throw new TypeError(`${name} has no value of classes`)
  const [n, d] = row.ratio.map(part => classes.map(counts => valuesOf(part, [counts], null)[0]!)) as [number[], number[]]
  const zero = whenZero ?? row.whenZero
  if (multiclass === 'micro') return [divide(sum(n), sum(d), zero)]
  const each = n.map((value, k) => divide(value, d[k]!, zero))
  return multiclass === null ? each : [meanOfFinite(each)]
}
