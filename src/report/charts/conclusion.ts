/** Which of two models was better, within what a single run shows. */
import { formatAlike, formatInteger, formatShare } from '../format.js'
import { type Html, html } from '../html.js'
import { drawIntervals } from '../plot/intervals.js'
import { type ChartContext, chart } from './chart-row.js'
import {
  type ConclusionData,
  type ConclusionOptions,
  type ConclusionResult,
  conclusionOptions,
  prepareConclusion,
} from './conclusion-data.js'
import { sentences, verdictOf } from './conclusion-words.js'
import { intervalSizes, named, referencesIn, section, table, twice } from './section.js'

export const conclusion = chart({
  summary:
    'Compares two series, e.g. the losses of two models, over the last iterations, with a bootstrap interval of the difference, and says which was lower.',
  options: conclusionOptions,
  variables: options => [...referencesIn(options.baseline, 'baseline'), ...referencesIn(options.candidate, 'candidate')],
  models: options => referencesIn(options.models, 'models'),
  prepare: prepareConclusion,
  render,
  headline: (options, data, context) => sentences(options, data, context)[0],
})

function render(options: ConclusionOptions, data: ConclusionData, context: ChartContext): Html {
  const [verdict, ...more] = sentences(options, data, context)
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
  const cells = formatAlike(
    [smoothed.baseline, raw.baseline, smoothed.candidate, raw.candidate, smoothed.candidate - smoothed.baseline, difference.estimate],
    3,
  )
  const rows = [
    [named(baseline, context), cells[0], cells[1]],
    [named(candidate, context), cells[2], cells[3]],
    ['Difference', cells[4], cells[5]],
  ]
  return table('Means', ['Model', 'Smoothed', 'As recorded'], rows, 1)
}

function drawing({ baseline, candidate }: ConclusionData, { difference }: ConclusionResult, context: ChartContext): Html {
  const { estimate, low, high } = difference
  const [e, l, h] = formatAlike([estimate, low, high]) as [string, string, string]
  const label = 'Difference'
  const intervals = {
    description: `Difference of the means, ${context.nameOf(candidate)} minus ${context.nameOf(baseline)}: ${e}, 95% interval ${l} to ${h}.`,
    rows: [{ label, color: context.colorOf(candidate), estimate, low, high, title: `${e} (95% interval ${l} to ${h})` }],
    xLabel: `${context.nameOf(candidate)} minus ${context.nameOf(baseline)}`,
    reference: 0,
    tickFormat: (value: number) => (value === 0 ? '0' : String(Number(value.toPrecision(2))).replace('-', '−')),
  }
  const draw = twice(size => drawIntervals(intervals, size, context.id('difference')), ...intervalSizes)
  return html`<div class="intervals">${draw}</div>`
}

function method(options: ConclusionOptions, { used, dropped }: ConclusionData, { blockLength, resamples }: ConclusionResult): string {
  const left =
    dropped > 0 ? ` ${formatInteger(dropped)} of them (${formatShare(dropped / used)}) are skipped because a value was not a number.` : ''
  return `Last ${formatInteger(used)} iterations.${left} Smoothed: moving average, span ${formatInteger(options.span)}. Interval: moving-block bootstrap of the paired differences of the values themselves, blocks of ${formatInteger(blockLength)} iterations, ${formatInteger(resamples)} resamples, seed ${options.seed}.`
}
