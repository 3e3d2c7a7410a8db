import { fail } from '../errors/index.js'
import { read } from '../options/index.js'
import { isPlainObject } from '../util/json.js'
import { NdArray } from '../util/nd-array.js'
import { checkNumber, checkOneOf, checkOptions } from './check-options.js'
import { readNumbers, writeNumbers } from './exact-numbers.js'
import { type NameIn, toMetricName } from './metric-name.js'
import { Metrics, type MetricsJson, type MetricsTable, revive } from './metrics.js'
import { type RegressionOptions, regressionOptions } from './options.js'
import { regressionRows } from './regression-rows.js'
import { type Numbers, toNumbers } from './to-numbers.js'

/** How regression metrics are computed. */
export interface RegressionEvaluateOptions {
  /** Over outputs: `mean`, or null for a list with one entry per output. Default `mean`. */
  readonly agg?: 'mean' | null
  /** For `accuracy`: the error below which a prediction is correct. Default 3. */
  readonly gap?: number
}

/** The name of a metric, an alias, or BatchFlow's name: `meanSquaredError`, `mse`, `mean_squared_error`. */
export type RegressionMetricName = NameIn<typeof regressionRows>

/** The result of `evaluate` for regression. */
export type RegressionValue<Options> = Options extends { readonly agg: null } ? number[] : number

const tableNames = ['mae', 'rmse', 'medianAbsoluteError', 'maxError', 'r2'] as const

/**
 * Metrics of predicted numbers. Its items are samples and all are kept, since the median needs them; `update` and `append` both add
 * samples, because metrics are always computed over all samples. BatchFlow: `RegressionMetrics`.
 *
 * Names of metrics: meanAbsoluteError (mae), meanSquaredError (mse), rootMeanSquaredError (rmse), medianAbsoluteError, maxError,
 * r2Score (r2), explainedVarianceRatio, accuracy (acc). If all targets are equal, r2Score and explainedVarianceRatio are −Infinity,
 * or NaN if there is no error either.
 *
 * @example
 * const metrics = new RegressionMetrics([1, 2, 3], [1, 2, 5])
 * metrics.evaluate(['mae', 'rmse'])          // { mae: 0.6667, rmse: 1.1547 }
 * metrics.evaluate('accuracy', { gap: 1 })   // 0.6667
 * @throws MillraceError `metrics-input`, `metrics-shapes`, `unknown-option`, `wrong-value`
 */
export class RegressionMetrics extends Metrics {
  static readonly kind: string = 'regression'

  /** Values per output, sample by sample. */
  declare protected readonly targets: number[][]
  declare protected readonly predictions: number[][]
  declare protected readonly weights: number[] | undefined

  constructor(targets: Numbers, predictions: Numbers, options: RegressionOptions = {}) {
    super()
    const of = new.target.name
    const { weights, multi } = read(regressionOptions, options, of)
    const [t, p] = [toSamples('targets', targets, multi), toSamples('predictions', predictions, multi)]
    if (t.shape.join() !== p.shape.join()) fail('metrics-shapes', { targets: t.shape, predictions: p.shape })
    const w = weights === undefined ? undefined : toSamples('weights', weights, false)
    if (w && w.length !== t.length) {
      fail('wrong-value', { name: `weights of ${of}`, seen: `${w.length} numbers`, allowed: `one per sample, ${t.length} in all` })
    }
    Object.assign(this, { targets: toOutputs(t), predictions: toOutputs(p), weights: w && Array.from(w.data) })
  }

  /** Restores metrics from the result of `toJSON`. @throws MillraceError `metrics-state` */
  static fromJSON(json: unknown): RegressionMetrics {
    const { targets, predictions, weights } = isPlainObject(json) && json.kind === 'regression' ? json : {}
    const outputs = (values: unknown) =>
      Array.isArray(values) ? values.map(output => readNumbers('regression', output)) : readNumbers('regression', values)
    const fields = {
      targets: outputs(targets) as number[][],
      predictions: outputs(predictions) as number[][],
      weights: weights === undefined ? undefined : readNumbers('regression', weights),
    }
    const lengths = [...fields.targets, ...fields.predictions, ...(fields.weights ? [fields.weights] : [])].map(({ length }) => length)
    if (fields.targets.length !== fields.predictions.length || new Set(lengths).size !== 1) {
      fail('metrics-state', { of: 'regression', seen: `lists of ${lengths.join(', ')} numbers` })
    }
    return revive(RegressionMetrics.prototype, fields)
  }

  get length(): number {
    return this.targets[0]!.length
  }

  /**
   * Returns the value of a metric, or an object with those of several: the mean over outputs, or with `agg: null` a list with one entry per
   * output.
   *
   * @throws MillraceError `unknown-name`, `unknown-option`, `wrong-value`
   */
  evaluate<const Options extends RegressionEvaluateOptions = {}>(name: RegressionMetricName, options?: Options): RegressionValue<Options>
  evaluate<const Names extends readonly RegressionMetricName[], const Options extends RegressionEvaluateOptions = {}>(
    names: Names,
    options?: Options,
  ): { [Name in Names[number]]: RegressionValue<Options> }
  evaluate(names: string | readonly string[], options: RegressionEvaluateOptions = {}): any {
    return this.evaluateEach(names, name => this.value(name, options))
  }

  override slice(start: number, end?: number): this {
    const cut = (outputs: readonly number[][]) => outputs.map(output => output.slice(start, end))
    const fields = { targets: cut(this.targets), predictions: cut(this.predictions), weights: this.weights?.slice(start, end) }
    return revive(Object.getPrototypeOf(this), fields)
  }

  override toJSON(): MetricsJson {
    const { kind, weights } = this
    const [targets, predictions] = [this.targets, this.predictions].map(outputs => outputs.map(writeNumbers)) as [never[], never[]]
    return { kind, targets, predictions, ...(weights && { weights: writeNumbers(weights) }) }
  }

  /** One row per output, if there are several, and their mean. */
  override table(names: readonly RegressionMetricName[] = tableNames): MetricsTable {
    const each = this.evaluate(names, { agg: null }) as Readonly<Record<string, number[]>>
    const outputs = this.targets.map((_, i) => [`output ${i}`, Object.fromEntries(names.map(name => [name, each[name]![i]!]))])
    return Object.fromEntries([...(outputs.length > 1 ? outputs : []), ['mean', this.evaluate(names)]])
  }

  protected override takeItems(other: this): void {
    const take = (mine: number[][], others: readonly (readonly number[])[]) => {
      for (const [i, output] of others.entries()) for (const value of [...output]) mine[i]!.push(value)
    }
    take(this.targets, other.targets)
    take(this.predictions, other.predictions)
    if (this.weights) take([this.weights], [other.weights!])
  }

  /** Samples are never summed up: metrics are computed over all of them anyway. */
  protected override addUp(): void {}

  protected override describe(): string {
    return `${this.constructor.name} of ${this.targets.length} outputs${this.weights ? ' with weights' : ''}`
  }

  private value(name: string, options: RegressionEvaluateOptions): number | number[] {
    const of = this.constructor.name
    checkOptions(`evaluate of ${of}`, options, ['agg', 'gap'])
    const { agg = 'mean', gap = 3 } = options
    checkOneOf('agg', agg, ['mean', null])
    checkNumber('gap', gap, { above: 0 })
    const row = regressionRows[toMetricName(name, regressionRows, of)]
    const weights = this.weights ?? this.targets[0]!.map(() => 1)
    const values = this.targets.map((targets, i) => row.of({ targets, predictions: this.predictions[i]!, weights }, gap))
    return agg === null ? values : values.reduce((sum, value) => sum + value, 0) / values.length
  }
}

/** Returns samples by output. Without `multi` every number is a sample: a list of batches of any lengths, predictions of shape [n, 1]. */
function toSamples(name: string, value: unknown, multi: boolean): NdArray {
  if (!multi) {
    const flat = flatten(name, value)
    return new NdArray(Float64Array.from(flat), [flat.length, 1])
  }
  const array = toNumbers(name, value)
  const outputs = array.shape.at(-1) ?? 1
  return array.reshape([array.data.length / outputs, outputs])
}

/** Returns all numbers at any depth: batches need not have the same length. */
function flatten(name: string, value: unknown): readonly number[] {
  if (Array.isArray(value) && value.some(item => typeof item === 'object')) return value.flatMap(item => flatten(name, item))
  return Array.from(toNumbers(name, value).data)
}

function toOutputs(samples: NdArray): number[][] {
  const [length, outputs] = samples.shape as [number, number]
  return Array.from({ length: outputs }, (_, k) => Array.from({ length }, (_, i) => samples.data[i * outputs + k]!))
}
