import { fail } from '../errors/index.js'
import { isPlainObject } from '../util/json.js'
import { checkOneOf, checkOptions } from './check-options.js'
import { readNumbers, writeNumbers } from './exact-numbers.js'
import { type NameIn, toMetricName } from './metric-name.js'
import { Metrics, type MetricsJson, type MetricsTable, revive } from './metrics.js'

const rows = { loss: { aliases: [] } } as const

/** How losses of batches are aggregated. */
export interface LossEvaluateOptions {
  /** `mean`, weighted by the lengths of the batches, or `batchwise` (or null), a list with one entry per batch. Default `mean`. */
  readonly agg?: 'mean' | 'batchwise' | null
}

/** The result of `evaluate` for a loss. */
export type LossValue<Options> = Options extends { readonly agg: 'batchwise' | null } ? number[] : number

/**
 * The loss of batches. Its items are batches; the mean is weighted by their lengths, so that a partial last batch counts by its number of
 * items. BatchFlow: `Loss`.
 *
 * @example
 * const loss = new LossMetrics(0.5, 300).append(new LossMetrics(0.2, 100))
 * loss.evaluate('loss')                       // 0.425
 * loss.evaluate('loss', { agg: 'batchwise' }) // [0.5, 0.2]
 * @throws MillraceError `wrong-value`
 */
export class LossMetrics extends Metrics {
  static readonly kind: string = 'loss'

  declare protected readonly losses: number[]
  declare protected readonly lengths: number[]

  constructor(loss: number, batchLen: number) {
    super()
    if (typeof loss !== 'number') fail('wrong-value', { name: 'loss of LossMetrics', seen: String(loss), allowed: 'a number' })
    if (!(batchLen > 0)) fail('wrong-value', { name: 'batchLen of LossMetrics', seen: String(batchLen), allowed: 'a number above 0' })
    Object.assign(this, { losses: [loss], lengths: [batchLen] })
  }

  /** Restores metrics from the result of `toJSON`. @throws MillraceError `metrics-state` */
  static fromJSON(json: unknown): LossMetrics {
    const { losses, lengths } = isPlainObject(json) && json.kind === 'loss' ? json : {}
    const fields = { losses: readNumbers('loss', losses), lengths: readNumbers('loss', lengths) }
    const counts = [fields.losses.length, fields.lengths.length] as const
    if (counts[0] !== counts[1]) fail('metrics-state', { of: 'loss', seen: `${counts[0]} losses of ${counts[1]} batches` })
    return revive(LossMetrics.prototype, fields)
  }

  get length(): number {
    return this.losses.length
  }

  /**
   * Returns the mean loss over the items of all batches, or one entry per batch.
   *
   * @throws MillraceError `unknown-name`, `unknown-option`, `wrong-value`
   */
  evaluate<const Options extends LossEvaluateOptions = {}>(name?: NameIn<typeof rows>, options?: Options): LossValue<Options>
  evaluate<const Names extends readonly NameIn<typeof rows>[], const Options extends LossEvaluateOptions = {}>(
    names: Names,
    options?: Options,
  ): { [Name in Names[number]]: LossValue<Options> }
  evaluate(names: string | readonly string[] = 'loss', options: LossEvaluateOptions = {}): any {
    return this.evaluateEach(names, name => this.value(name, options))
  }

  override slice(start: number, end?: number): this {
    return revive(Object.getPrototypeOf(this), { losses: this.losses.slice(start, end), lengths: this.lengths.slice(start, end) })
  }

  override toJSON(): MetricsJson {
    return { kind: this.kind, losses: writeNumbers(this.losses), lengths: writeNumbers(this.lengths) }
  }

  /** One row, the mean, with the numbers of batches and items. */
  override table(names: readonly NameIn<typeof rows>[] = ['loss']): MetricsTable {
    return { mean: { ...this.evaluate(names), batches: this.length, items: total(this.lengths) } }
  }

  protected override takeItems({ losses, lengths }: this): void {
    // The other may be this object itself.
    const [more, moreLengths] = [[...losses], [...lengths]]
    for (const loss of more) this.losses.push(loss)
    for (const length of moreLengths) this.lengths.push(length)
  }

  protected override addUp(): void {
    const mean = this.evaluate()
    this.lengths.splice(0, Infinity, total(this.lengths))
    this.losses.splice(0, Infinity, mean)
  }

  protected override describe(): string {
    return this.constructor.name
  }

  private value(name: string, options: LossEvaluateOptions): number | number[] {
    toMetricName(name, rows, this.constructor.name)
    checkOptions(`evaluate of ${this.constructor.name}`, options, ['agg'])
    const { agg = 'mean' } = options
    checkOneOf('agg', agg, ['mean', 'batchwise', null])
    if (agg !== 'mean') return [...this.losses]
    return total(this.losses.map((loss, i) => loss * this.lengths[i]!)) / total(this.lengths)
  }
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
