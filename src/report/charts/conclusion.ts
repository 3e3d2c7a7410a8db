/** Which of two models came out better, as far as one run can tell. */
import { formatAlike, formatInteger, formatPercent } from '../format.js'
import { type Html, html } from '../html.js'
import { drawIntervals } from '../plot/intervals.js'
import type { ReportSource } from '../source.js'
import { blockBootstrapMean } from '../statistics/block-bootstrap.js'
import { ewma } from '../statistics/ewma.js'
import { mean } from '../statistics/moments.js'
import { compact, toNumbers } from '../values.js'
import type { ChartContext, ChartRow } from './chart-row.js'
import { sentences, verdictOf } from './conclusion-words.js'
import {
  type Names,
  named,
  namesSchema,
  type References,
  referencesIn,
  referencesSchema,
  section,
  table,
  titleSchema,
  twice,
} from './section.js'

export interface ConclusionOptions {
  readonly title: string
  readonly baseline: References
  readonly candidate: References
  readonly models?: References
  readonly names?: Names
  readonly span?: number
  readonly last?: number
  readonly seed?: number
}

export interface ConclusionData {
  /** The names of the two models. */
  readonly baseline: string
  readonly candidate: string
  /** Iterations for which both have a loss. */
  readonly count: number
  /** Of these, the iterations compared: the last ones. */
  readonly used: number
  /** Of those, iterations left out because a loss was not a number. */
  readonly dropped: number
  /** Null where fewer than ten iterations can be compared. */
  readonly result: ConclusionResult | null
  /** Trainable parameters of both, where models were named and built. */
  readonly parameters: { readonly baseline: number; readonly candidate: number } | null
}

export interface ConclusionResult {
  /** Mean over the iterations compared of the smoothed losses, and of the losses themselves. */
  readonly smoothed: { readonly baseline: number; readonly candidate: number }
  readonly raw: { readonly baseline: number; readonly candidate: number }
  /** Mean difference of the losses, candidate minus baseline, with its 95 % interval. */
  readonly difference: { readonly estimate: number; readonly low: number; readonly high: number }
  readonly blockLength: number
  readonly resamples: number
}

/** Fewer pairs than this say nothing. */
const fewest = 10

export const conclusion: ChartRow<ConclusionOptions, ConclusionData> = {
  summary:
    'Compares the losses of two models over the last iterations, with a bootstrap interval of the difference, and says what follows.',
  schema: {
    type: 'object',
    properties: {
      title: titleSchema,
      baseline: referencesSchema('The variable with the losses of the model compared with, by short name: `resnet: resTest.resLoss`.', 1),
      candidate: referencesSchema('The variable with the losses of the model in question, by short name: `se: seTest.seLoss`.', 1),
      models: referencesSchema(
        'The two models under the same short names, to set the difference against their parameters: `resnet: resTrain.resnet`.',
      ),
      names: namesSchema,
      span: { type: 'number', minimum: 1, description: 'The span of the smoothed losses. Default 50.' },
      last: { type: 'integer', minimum: 10, description: 'How many of the last iterations are compared. Default 200.' },
      seed: { type: 'integer', minimum: 0, description: 'The seed of the bootstrap. Default 0.' },
    },
    required: ['title', 'baseline', 'candidate'],
    additionalProperties: false,
  },
  variables: options => [...referencesIn(options.baseline, 'baseline'), ...referencesIn(options.candidate, 'candidate')],
  models: options => referencesIn(options.models, 'models'),
  prepare,
  render,
  headline: (options, data, context) => sentences(data, options.last ?? 200, context)[0],
}

function prepare(options: ConclusionOptions, source: ReportSource): ConclusionData {
  const [baseline, baselineRef] = Object.entries(options.baseline)[0]!
  const [candidate, candidateRef] = Object.entries(options.candidate)[0]!
  const losses = { baseline: toNumbers(source.variable(baselineRef)), candidate: toNumbers(source.variable(candidateRef)) }
  const count = Math.min(losses.baseline.length, losses.candidate.length)
  const used = Math.min(count, options.last ?? 200)
  const span = options.span ?? 50
  const window = (values: readonly number[]) => values.slice(count - used, count)
  const pairs = window(losses.baseline).map((loss, i) => [loss, losses.candidate[count - used + i]!] as const)
  const finite = pairs.filter(pair => pair.every(Number.isFinite))
  return {
    baseline,
    candidate,
    count,
    used,
    dropped: used - finite.length,
    result:
      finite.length < fewest
        ? null
        : compare(finite, window(ewma(losses.baseline, span)), window(ewma(losses.candidate, span)), options.seed ?? 0),
    parameters: parametersOf(options.models, baseline, candidate, source),
  }
}

/**
 * The interval is of the raw paired differences: both models see the same test batches, so pairing takes the batches' own difficulty
 * out, and raw losses are nearly uncorrelated where smoothed ones are anything but. Blocks keep the correlation that is left.
 */
function compare(
  pairs: readonly (readonly [number, number])[],
  smoothBaseline: number[],
  smoothCandidate: number[],
  seed: number,
): ConclusionResult {
  const bootstrap = blockBootstrapMean(
    pairs.map(([baseline, candidate]) => candidate - baseline),
    { seed },
  )
  const short = (value: number) => compact(value, 6)!
  return {
    smoothed: { baseline: short(mean(smoothBaseline)), candidate: short(mean(smoothCandidate)) },
    raw: { baseline: short(mean(pairs.map(pair => pair[0]))), candidate: short(mean(pairs.map(pair => pair[1]))) },
    difference: { estimate: short(bootstrap.estimate), low: short(bootstrap.low), high: short(bootstrap.high) },
    blockLength: bootstrap.blockLength,
    resamples: bootstrap.resamples,
  }
}

function parametersOf(models: References | undefined, baseline: string, candidate: string, source: ReportSource) {
  const count = (key: string) => (models?.[key] === undefined ? undefined : source.model(models[key])?.parameterCount)
  const counts = { baseline: count(baseline), candidate: count(candidate) }
  return counts.baseline === undefined || counts.candidate === undefined ? null : { baseline: counts.baseline, candidate: counts.candidate }
}

function render(options: ConclusionOptions, data: ConclusionData, context: ChartContext): Html {
  const [verdict, ...more] = sentences(data, options.last ?? 200, context)
  const lead = html`<p class="verdict ${verdictOf(data)}">${verdict}</p>${more.length > 0 && html`<p>${more.join(' ')}</p>`}`
  if (data.result === null) return section(options.title, lead, '', context)
  return section(
    options.title,
    html`${lead}${numbers(data, data.result, context)}${drawing(data, data.result, context)}`,
    method(options, data, data.result),
    context,
  )
}

function numbers({ baseline, candidate }: ConclusionData, { smoothed, raw, difference }: ConclusionResult, context: ChartContext): Html {
  const cells = formatAlike([
    smoothed.baseline,
    raw.baseline,
    smoothed.candidate,
    raw.candidate,
    smoothed.candidate - smoothed.baseline,
    difference.estimate,
  ])
  const rows = [
    [named(baseline, context), cells[0], cells[1]],
    [named(candidate, context), cells[2], cells[3]],
    ['Difference', cells[4], cells[5]],
  ]
  return table('Mean test loss', ['Model', 'Smoothed loss', 'Loss'], rows, 1)
}

function drawing({ baseline, candidate }: ConclusionData, { difference }: ConclusionResult, context: ChartContext): Html {
  const { estimate, low, high } = difference
  const [e, l, h] = formatAlike([estimate, low, high]) as [string, string, string]
  const label = 'Difference'
  const chart = {
    description: `Difference of the mean losses, ${context.nameOf(candidate)} minus ${context.nameOf(baseline)}: ${e}, 95 % interval ${l} to ${h}.`,
    rows: [{ label, color: context.colorOf(candidate), estimate, low, high, title: `${e} (95 % interval ${l} to ${h})` }],
    xLabel: `Loss of ${context.nameOf(candidate)} minus loss of ${context.nameOf(baseline)}`,
    reference: 0,
    tickFormat: (value: number) => (value === 0 ? '0' : String(Number(value.toPrecision(2))).replace('-', '−')),
  }
  return twice(
    size => drawIntervals(chart, size, context.id('difference')),
    { width: 960, height: 0, labelWidth: 0, fontSize: 13 },
    { width: 400, height: 0, labelWidth: 0, fontSize: 12 },
  )
}

function method(options: ConclusionOptions, { used, dropped }: ConclusionData, { blockLength, resamples }: ConclusionResult): string {
  const left =
    dropped > 0
      ? ` ${formatInteger(dropped)} of them (${formatPercent(dropped / used, 0)}) are left out because a loss was not a number.`
      : ''
  return `Last ${formatInteger(used)} iterations.${left} Smoothed: moving average, span ${formatInteger(options.span ?? 50)}. Interval: moving-block bootstrap of the paired differences of the losses themselves, blocks of ${formatInteger(blockLength)} iterations, ${formatInteger(resamples)} resamples, seed ${options.seed ?? 0}.`
}
