import { columns } from '../util/columns.js'
import { formatNumber } from './metrics.js'

/**
 * Counts of predicted by true class: rows are **predictions**, columns are **targets**, as in BatchFlow and the other way
 * around from scikit-learn. `at` takes both by name, so there is no order to remember.
 *
 * @example
 * const matrix = metrics.confusionMatrix
 * matrix.at({ prediction: 1, target: 0 })  // elements of class 0 predicted as class 1
 * matrix.counts[1]![0]                      // the same
 * console.log(`${matrix}`)
 */
export class ConfusionMatrix {
  /** The meaning of the first and the second index of `counts`. */
  readonly axes = ['prediction', 'target'] as const

  /** @internal Created by metrics. */
  constructor(
    /** `counts[prediction][target]`. */
    readonly counts: readonly (readonly number[])[],
    /** The names of the classes. */
    readonly labels: readonly string[] = counts.map((_, i) => `${i}`),
  ) {}

  /** The number of elements of class `target` predicted as class `prediction`. */
  at({ prediction, target }: { readonly prediction: number; readonly target: number }): number {
    const { length } = this.counts
    const found = this.counts[prediction]?.[target]
    if (found === undefined) throw new RangeError(`no prediction ${prediction} and target ${target} in a matrix of ${length} classes`)
    return found
  }

  /** Shares of each target class instead of counts: columns add up to 1, those of an absent class are 0. */
  normalized(): ConfusionMatrix {
    const sums = this.labels.map((_, target) => this.counts.reduce((total, row) => total + row[target]!, 0))
    return new ConfusionMatrix(
      this.counts.map(row => row.map((count, target) => (sums[target] ? count / sums[target]! : 0))),
      this.labels,
    )
  }

  /** A table with one row per prediction and one column per target. */
  toString(): string {
    const rows = this.counts.map((row, i) => [this.labels[i]!, ...row.map(formatNumber)])
    return columns([['prediction \\ target', ...this.labels], ...rows], { numbers: true })
  }
}
