/** Means of rows by class, and the spread between them. */
import type { Rows } from '../values.js'
import { mean, standardDeviation } from './moments.js'

export interface ClassMean {
  readonly label: number
  /** Rows of that class. */
  readonly count: number
  /** The mean of each column over them. */
  readonly values: Float64Array
}

/** Returns the mean row of each class that occurs, by ascending label. */
export function classMeans({ count, width, data }: Rows, labels: readonly number[]): ClassMean[] {
  const sums = new Map<number, { count: number; values: Float64Array }>()
  for (let row = 0; row < count; row++) {
    const label = labels[row]!
    const sum = sums.get(label) ?? { count: 0, values: new Float64Array(width) }
    sums.set(label, sum)
    sum.count++
    for (let i = 0; i < width; i++) sum.values[i]! += data[row * width + i]!
  }
  return [...sums]
    .sort(([one], [other]) => one - other)
    .map(([label, sum]) => ({ label, count: sum.count, values: sum.values.map(value => value / sum.count) }))
}

/** The standard deviation between the given rows, column by column, averaged over the columns. */
export function spreadBetween(rows: readonly ArrayLike<number>[]): number {
  const width = rows[0]?.length ?? 0
  return mean(Array.from({ length: width }, (_, i) => standardDeviation(rows.map(row => row[i]!))))
}
