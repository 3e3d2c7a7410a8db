/** Values over iterations: raw, zoomed, smoothed. */
import { integer, number, oneOf, option, options, text, type ValueOf } from '../../options/index.js'
import { formatInteger, formatNumber, listed, plural } from '../format.js'
import { type Html, html } from '../html.js'
import { type Axis, niceCeiling } from '../plot/axis.js'
import { drawLines, type Line } from '../plot/lines.js'
import type { ReportSource } from '../source.js'
import { ewma } from '../statistics/ewma.js'
import { thin } from '../thin.js'
import { compact, toNumbers } from '../values.js'
import { type ChartContext, chart } from './chart-row.js'
import { legend, lineSizes, names, note, references, referencesIn, section, title, twice } from './section.js'

interface Curve {
  /** The total number of values of the variable. */
  readonly count: number
  /** Iterations, from 1, and their drawn values. */
  readonly x: readonly number[]
  readonly y: readonly (number | null)[]
  readonly last: number | null
}

export interface CurvesData {
  readonly series: Readonly<Record<string, Curve>>
  /** True if a series ends before the requested range begins or ends. */
  readonly short: boolean
  /** The first drawn iteration; 1 if the requested range was not reached at all. */
  readonly from: number
  readonly to: number
}

/** Points of a line at most: more cannot be distinguished on a page. */
const mostPoints = 1500

const takes = options({
  title,
  series: option('the variables drawn, by short name: `resnet: resTest.resLoss`. Each has one number per iteration', references()),
  names,
  from: option('the first iteration drawn', integer({ min: 1 }), { default: 1 }),
  to: option('the last iteration drawn (default: the last of the run)', integer({ min: 1 }), { optional: true }),
  span: option(
    'smooths by an exponentially weighted moving average with α = 2 / (span + 1) that starts at the first value of the run',
    number({ min: 1 }),
    { optional: true },
  ),
  yMin: option(
    'the low end of the y axis (default: 0, or the smallest value where that is negative or the scale is logarithmic)',
    number(),
    { optional: true },
  ),
  yMax: option('the high end of the y axis; what is above is cut off (default: the largest value)', number(), { optional: true }),
  yScale: option('the scale of the y axis', oneOf(['linear', 'log']), { default: 'linear' }),
  yLabel: option('the text at the y axis', text, { default: 'Loss' }),
})
type CurvesOptions = ValueOf<typeof takes>

export const curves = chart({
  summary: 'Lines of values over iterations, e.g. of test losses: as they are, a stretch of them, or smoothed.',
  options: takes,
  ranges: [
    ['from', 'to'],
    ['yMin', 'yMax'],
  ],
  variables: options => referencesIn(options.series, 'series'),
  prepare,
  render,
})

function prepare(options: CurvesOptions, source: ReportSource): CurvesData {
  const all = Object.entries(options.series).map(([key, ref]) => {
    const raw = toNumbers(source.variable(ref))
    return { key, values: options.span === undefined ? raw : ewma(raw, options.span), rounds: source.rounds?.(ref) }
  })
  const longest = Math.max(0, ...all.map(({ values }) => values.length))
  const wanted = { from: options.from, to: options.to ?? Math.max(source.iterations, longest) }
  // A range that was not reached is replaced by the values that exist.
  const from = longest > wanted.from ? wanted.from : 1
  const to = Math.min(wanted.to, Math.max(longest, 1))
  const series = all.map(({ key, values, rounds }) => {
    const drawn = rounds?.filter(round => round >= from && round <= to)
    const { x, y } = drawn ? { x: drawn, y: drawn.map(round => values[round - 1]!) } : thin(values.slice(from - 1, to), from, mostPoints)
    const curve: Curve = {
      count: values.length,
      x,
      y: y.map(value => compact(value)),
      last: compact((drawn ? y : values.slice(0, to)).at(-1) ?? Number.NaN),
    }
    return [key, curve] as const
  })
  return { series: Object.fromEntries(series), short: all.some(({ values }) => values.length < wanted.to), from, to }
}

function render(options: CurvesOptions, data: CurvesData, context: ChartContext): Html {
  const entries = Object.entries(data.series)
  const lines = entries.map(([key, { x, y }]): Line => ({ label: context.nameOf(key), color: context.colorOf(key), x, y }))
  if (entries.every(([, { y }]) => y.every(value => value === null)))
    return section(options.title, note(emptySentence(entries)), caption(options, data, context), context)
  const yLabel = options.yLabel
  const x: Axis = { low: data.from, high: Math.max(data.to, data.from + 1), type: 'linear', label: 'Iteration' }
  const description = `${options.title}: ${yLabel} over iterations ${data.from} to ${data.to} for ${listed(lines.map(line => line.label))}.`
  const drawing = {
    description,
    lines,
    x,
    y: yAxis(limits(options, data), lines, yLabel),
    strokeWidth: options.span === undefined ? 1.3 : 2.2,
  }
  const longest = Math.max(...lines.map(line => line.label.length))
  const labelled = longest <= 28
  const draw = twice(size => drawLines(drawing, size, context.id('curve')), ...lineSizes(labelled ? 24 + longest * 7.6 : 0))
  return section(options.title, html`${legend(lines, labelled ? 'narrow-only' : '')}${draw}`, caption(options, data, context), context)
}

/** The requested ends apply to the requested range: a run that did not reach it is shown in full. */
function limits(options: CurvesOptions, data: CurvesData): Pick<CurvesOptions, 'yMin' | 'yMax' | 'yScale'> {
  const reached = data.from >= options.from
  return reached ? options : { yScale: options.yScale }
}

function yAxis(options: Pick<CurvesOptions, 'yMin' | 'yMax' | 'yScale'>, lines: readonly Line[], label: string): Axis {
  const type = options.yScale
  const values = lines.flatMap(line => line.y).filter(value => value !== null && (type === 'linear' || value > 0)) as number[]
  const smallest = Math.min(...values)
  const low = options.yMin ?? (type === 'log' ? smallest * 0.9 : Math.min(0, smallest))
  const high = options.yMax ?? (type === 'log' ? Math.max(...values) * 1.1 : niceCeiling(Math.max(...values)))
  return { low, high: high > low ? high : low + 1, type, label }
}

function emptySentence(entries: readonly [string, Curve][]): string {
  return entries.some(([, { count }]) => count > 0)
    ? 'None of the values is a number.'
    : 'The run ended before the first value was recorded.'
}

function caption(options: CurvesOptions, data: CurvesData, context: ChartContext): string {
  const entries = Object.entries(data.series).filter(([, { count }]) => count > 0)
  const kind =
    options.span === undefined
      ? 'Values as they are'
      : `Exponentially weighted moving average, span ${formatInteger(options.span)}, over the whole run`
  const last = entries.map(([key, curve]) => `${context.nameOf(key)} ${formatNumber(curve.last)}`)
  const { yMax } = limits(options, data)
  const parts = [
    `${kind}, iterations ${formatInteger(data.from)} to ${formatInteger(data.to)}.`,
    last.length > 0 && `At the end: ${listed(last)}.`,
    yMax !== undefined && cutOff(data, yMax) && `Values above ${yMax} are cut off.`,
    data.short && shortSentence(options, data),
  ]
  return parts.filter(Boolean).join(' ')
}

function cutOff(data: CurvesData, yMax: number): boolean {
  return Object.values(data.series).some(({ y }) => y.some(value => value !== null && value > yMax))
}

function shortSentence(options: CurvesOptions, data: CurvesData): string {
  const counts = Object.values(data.series).map(({ count }) => count)
  const reached = Math.max(0, ...counts)
  const asked = options.to === undefined ? 'its last iteration' : `iteration ${formatInteger(options.to)}`
  const shown = data.from < options.from ? ' All of it is shown.' : ''
  return `The run recorded ${plural(reached, 'iteration')} and did not reach ${asked}.${shown}`
}
