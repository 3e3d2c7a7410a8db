/** The share of correct answers on a whole test set. */
import { option, options, type ValueOf } from '../../options/index.js'
import { formatInteger, formatPercent, plural } from '../format.js'
import { type Html, html } from '../html.js'
import { drawIntervals } from '../plot/intervals.js'
import { wilsonInterval } from '../statistics/wilson.js'
import { compact, toLabels } from '../values.js'
import { type ChartContext, chart } from './chart-row.js'
import { intervalSizes, named, names, note, reference, references, referencesIn, section, table, title, twice } from './section.js'

interface Score {
  readonly errors: number
  readonly accuracy: number
  readonly low: number
  readonly high: number
}

export interface AccuracyData {
  /** Items of the test set. */
  readonly count: number
  /** By model; null if it made no predictions. */
  readonly models: Readonly<Record<string, Score | null>>
}

const takes = options({
  title,
  predictions: option(
    'the variables with predictions, by short name of the model: `resnet: exam.resLabels`. Labels, or one row of scores per item',
    references(),
  ),
  targets: option('the variable with the right labels of the same items', reference),
  names,
})
type AccuracyOptions = ValueOf<typeof takes>

export const accuracy = chart({
  summary: 'The accuracy of each model on a whole test set with its 95% interval and number of errors.',
  options: takes,
  variables: options => [...referencesIn(options.predictions, 'predictions'), { ref: options.targets, path: ['targets'] }],
  prepare: (options, source): AccuracyData => {
    const targets = toLabels(source.variable(options.targets))
    const models = Object.entries(options.predictions).map(([key, ref]) => [key, scoreOf(toLabels(source.variable(ref)), targets)])
    return { count: targets.length, models: Object.fromEntries(models) }
  },
  render,
  summarize: data => ({ accuracy: Object.fromEntries(scored(data).map(([key, score]) => [key, score.accuracy])) }),
})

function scoreOf(predictions: readonly number[], targets: readonly number[]): Score | null {
  if (predictions.length === 0 || targets.length === 0) return null
  if (predictions.length !== targets.length)
    throw new Error(`there are predictions of ${plural(predictions.length, 'item')} and targets of ${formatInteger(targets.length)}`)
  const errors = targets.filter((target, i) => target !== predictions[i]).length
  const { low, high } = wilsonInterval(targets.length - errors, targets.length)
  return { errors, accuracy: compact(1 - errors / targets.length, 8)!, low: compact(low, 8)!, high: compact(high, 8)! }
}

function scored(data: AccuracyData): [string, Score][] {
  return Object.entries(data.models).filter((entry): entry is [string, Score] => entry[1] !== null)
}

function render(options: AccuracyOptions, data: AccuracyData, context: ChartContext): Html {
  const scores = scored(data)
  if (scores.length === 0) return section(options.title, note('The run ended before the models were tried on the test set.'), '', context)
  const interval = (score: Score) => `${formatPercent(score.low)} to ${formatPercent(score.high)}`
  const rows = scores.map(([key, score]) => [
    named(key, context),
    html`<strong>${formatPercent(score.accuracy)}</strong>`,
    interval(score),
    formatInteger(score.errors),
  ])
  const intervals = {
    description: `${options.title}: ${scores.map(([key, score]) => `${context.nameOf(key)} ${formatPercent(score.accuracy)}`).join(', ')}.`,
    rows: scores.map(([key, score]) => ({
      label: context.nameOf(key),
      color: context.colorOf(key),
      estimate: score.accuracy,
      low: score.low,
      high: score.high,
      title: `${context.nameOf(key)}: ${formatPercent(score.accuracy)} (${interval(score)})`,
    })),
    xLabel: 'Accuracy',
    tickFormat: (value: number) => formatPercent(value, 1),
  }
  const draw = twice(size => drawIntervals(intervals, size, context.id('accuracy')), ...intervalSizes)
  const figure = html`${table('Accuracy on the test set', ['Model', 'Accuracy', '95% interval', 'Errors'], rows)}<div class="intervals">${draw}</div>`
  return section(
    options.title,
    figure,
    `On ${plural(data.count, 'item')} of the test set. Intervals are Wilson’s; they cover the choice of test items, not the luck of one training run.`,
    context,
  )
}
