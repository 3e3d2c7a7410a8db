/** Metrics based on counts of classes per item: what classification and segmentation share. */
import { type Multiclass, meanOfFinite, multiclassWays, valuesOf } from './averages.js'
import { checkNumber, checkOneOf, checkOptions } from './check-options.js'
import type { CountMetricName, EvaluateOptions, Evaluation, Evaluations } from './evaluation.js'
import { toMetricName } from './metric-name.js'
import { type Counts, metricRows } from './metric-rows.js'
import { Metrics, type MetricsTable } from './metrics.js'

const optionNames = ['agg', 'multiclass', 'label'] as const satisfies readonly (keyof EvaluateOptions)[]
const tableNames = ['precision', 'recall', 'f1Score', 'jaccard', 'accuracy', 'conditionPositive'] as const

/** See `ClassificationMetrics` and `SegmentationMetricsByInstances`. */
export abstract class CountMetrics extends Metrics {
  /** The counts, one array per item. */
  declare protected readonly items: Float64Array[]
  /** The number of classes, including the background. */
  declare readonly numClasses: number
  /** The names of the classes, for tables. */
  declare readonly labels: readonly string[] | undefined

  get length(): number {
    return this.items.length
  }

  /** The classes that are not skipped as background. */
  protected abstract readonly classes: readonly number[]
  /** The first class that can be evaluated. */
  protected abstract readonly firstLabel: number
  /** Metrics that have one value per item, not one per class. */
  protected abstract readonly overallNames: readonly string[]
  protected abstract countsOf(item: Float64Array, label: number): Counts
  /** The number of elements of an item, and of the correct ones. */
  protected abstract overall(item: Float64Array): { readonly right: number; readonly total: number }
  /** Fails for a metric that is not defined here. */
  protected abstract refuse(name: string): void

  /**
   * Returns the value of a metric, or an object with those of several. Names are those of the table, their aliases, and BatchFlow's
   * (`f1_score`). BatchFlow: `evaluate`.
   *
   * With `agg: 'mean'` (the default) values are averaged over items; `agg: null` returns a list with one entry per item. With `multiclass`
   * `'macro'` (the default) or `'micro'` each value is a number; with null a list with one entry per class. Counts are never averaged over
   * classes. With two classes only the second one counts, and there are no lists of classes.
   *
   * On a division by zero a rate is 0 or 1, depending on its counts, and a likelihood ratio infinite. The F1 score and the
   * Jaccard index of a class that is neither present nor predicted are undefined: they are `Infinity`, and averages skip infinite
   * values. An average of no values is `Infinity`.
   *
   * @example
   * metrics.evaluate('recall')                                    // 0.7083
   * metrics.evaluate(['recall', 'f1_score'], { multiclass: null }) // { recall: [0.75, 0.875, 0.5], f1_score: [0.7, 0.75, 0] }
   * @throws MillraceError `unknown-name`, `unknown-option`, `wrong-value`, `metric-inapplicable`
   */
  evaluate<Name extends CountMetricName, const Options extends EvaluateOptions = {}>(
    name: Name,
    options?: Options,
  ): Evaluation<Name, Options>
  evaluate<const Names extends readonly CountMetricName[], const Options extends EvaluateOptions = {}>(
    names: Names,
    options?: Options,
  ): Evaluations<Names, Options>
  evaluate(names: CountMetricName | readonly CountMetricName[], options: EvaluateOptions = {}): any {
    return this.evaluateEach(names, name => this.value(name, options))
  }

  /**
   * Returns values by class, then their averages: rates in the row `micro` are those of the summed counts of all classes, counts are sums.
   * With two classes there is only the row of the second one.
   *
   * @example
   * console.table(metrics.table(['precision', 'recall']))
   */
  override table(names: readonly CountMetricName[] = tableNames): MetricsTable {
    const keys = names.map(name => [name, toMetricName(name, metricRows, this.constructor.name)] as const)
    const isCount = (key: string) => 'count' in metricRows[key as keyof typeof metricRows] && !this.overallNames.includes(key)
    const row = (options: EvaluateOptions, holds: (key: string) => boolean) =>
      Object.fromEntries(keys.filter(([, key]) => holds(key)).map(([name]) => [name, this.evaluate(name, options) as number]))
    const counted = this.counted()
    const classes = counted.map(label => [
      this.labels?.[label] ?? `${label}`,
      row({ multiclass: null, label }, key => !this.overallNames.includes(key)),
    ])
    if (counted.length === 1) return Object.fromEntries([[classes[0]![0], row({ multiclass: null, label: counted }, () => true)]])
    const sums = row({ multiclass: null }, isCount) as unknown as Record<string, number[]>
    const micro = {
      ...row({ multiclass: 'micro' }, key => !isCount(key)),
      ...Object.fromEntries(Object.entries(sums).map(([name, values]) => [name, values.reduce((a, b) => a + b, 0)])),
    }
    return Object.fromEntries([
      ...classes,
      ['macro', row({ multiclass: 'macro' }, key => !isCount(key) && !this.overallNames.includes(key))],
      ['micro', Object.fromEntries(names.map(name => [name, micro[name]!]))],
    ])
  }

  protected override takeItems(other: this): void {
    // The other may be this object itself.
    for (const item of [...other.items]) this.items.push(item.slice())
  }

  protected override addUp(): void {
    const [total, ...others] = this.items
    for (const item of others) for (let i = 0; i < item.length; i++) total![i]! += item[i]!
    this.items.length = Math.min(1, this.items.length)
  }

  private counted(): readonly number[] {
    return this.numClasses > 2 ? this.classes : [1]
  }

  private value(name: string, options: EvaluateOptions): unknown {
    const of = this.constructor.name
    checkOptions(`evaluate of ${of}`, options, optionNames)
    const { agg = 'mean', multiclass = 'macro', label } = options
    checkOneOf('agg', agg, ['mean', null])
    checkOneOf('multiclass', multiclass, multiclassWays)
    const key = toMetricName(name, metricRows, of)
    this.refuse(key)
    const labels = label === undefined ? this.counted() : [label].flat()
    for (const one of labels) checkNumber('label', one, { integer: true, from: this.firstLabel, to: this.numClasses - 1 })
    const overall = this.overallNames.includes(key)
    const isList = !overall && labels.length > 1 && ('count' in metricRows[key] || multiclass === null)
    const values = this.items.map(item => this.valuesOf(key, item, overall ? labels.slice(0, 1) : labels, multiclass))
    const unwrap = (each: readonly number[]) => (isList ? [...each] : each[0]!)
    if (agg === null) return values.map(unwrap)
    return unwrap(Array.from({ length: isList ? labels.length : 1 }, (_, k) => meanOfFinite(values.map(each => each[k]!))))
  }

  private valuesOf(key: string, item: Float64Array, labels: readonly number[], multiclass: Multiclass): readonly number[] {
    if (key !== 'accuracy') {
      const counts = labels.map(label => this.countsOf(item, label))
      return valuesOf(key, counts, multiclass)
    }
    const { right, total } = this.overall(item)
    return [total > 0 ? right / total : Infinity]
  }
}
