/** What distinguishes classes inside a network: mean activation of each channel, one line per class. */
import { number, option, options, type ValueOf } from '../../options/index.js'
import { formatInteger, formatNumber, listed, plural } from '../format.js'
import { type Html, html } from '../html.js'
import { type Axis, niceCeiling } from '../plot/axis.js'
import { drawLines, type Line, type LineChartSize } from '../plot/lines.js'
import { classMeans, spreadBetween } from '../statistics/class-means.js'
import { ewma } from '../statistics/ewma.js'
import { mean } from '../statistics/moments.js'
import { compact, toLabels, toRows } from '../values.js'
import { type ChartContext, chart } from './chart-row.js'
import { legend, names, note, reference, references, referencesIn, section, title, twice } from './section.js'

interface Panel {
  readonly channels: number
  readonly items: number
  /** Channel numbers, from 1, of the points of the lines. */
  readonly x: readonly number[]
  readonly classes: readonly { readonly label: number; readonly count: number; readonly y: readonly (number | null)[] }[]
  /** Mean over channels of the standard deviation of the class means, before smoothing. */
  readonly spread: number | null
  readonly mean: number | null
}

export interface ActivationsData {
  /** By model; null if there is nothing to show. */
  readonly maps: Readonly<Record<string, Panel | null>>
}

const mostPoints = 256
/** As many classes as there are colours. */
const mostClasses = 10

const takes = options({
  title,
  maps: option(
    'the variables with activations of shape [items, channels], by short name of the model: `resnet: probe.resMaps`',
    references(),
  ),
  labels: option('the variable with the class of each item', reference),
  names,
  span: option('the span of the moving average over the channel index', number({ min: 1 }), { default: 350 }),
})
type ActivationsOptions = ValueOf<typeof takes>

export const activations = chart({
  summary: 'Mean activations of each class over the channels of a layer, one panel per model, with the spread between classes in numbers.',
  options: takes,
  variables: options => [...referencesIn(options.maps, 'maps'), { ref: options.labels, path: ['labels'] }],
  prepare: (options, source): ActivationsData => {
    const labels = toLabels(source.variable(options.labels))
    return {
      maps: Object.fromEntries(
        Object.entries(options.maps).map(([key, ref]) => [key, panelOf(source.variable(ref), labels, options.span)]),
      ),
    }
  },
  render,
})

function panelOf(maps: unknown, labels: readonly number[], span: number): Panel | null {
  const rows = toRows(maps)
  if (rows.count === 0 || labels.length === 0) return null
  if (rows.count !== labels.length)
    throw new Error(`there are activations of ${plural(rows.count, 'item')} and labels of ${formatInteger(labels.length)}`)
  const classes = classMeans(rows, labels)
  const stride = Math.max(1, Math.ceil(rows.width / mostPoints))
  const kept = Array.from({ length: rows.width }, (_, i) => i).filter(i => i % stride === 0 || i === rows.width - 1)
  const means = classes.map(({ values }) => values)
  return {
    channels: rows.width,
    items: rows.count,
    x: kept.map(i => i + 1),
    classes: classes.slice(0, mostClasses).map(({ label, count, values }) => {
      const smooth = ewma(values, span)
      return { label, count, y: kept.map(i => compact(smooth[i]!, 4)) }
    }),
    spread: compact(spreadBetween(means)),
    mean: compact(mean(means.map(mean))),
  }
}

function render(options: ActivationsOptions, { maps }: ActivationsData, context: ChartContext): Html {
  const panels = Object.entries(maps).flatMap(([key, panel]) => (panel ? [{ key, panel }] : []))
  if (panels.length === 0) return section(options.title, note('The run ended before activations were recorded.'), '', context)
  const values = panels.flatMap(({ panel }) => panel.classes.flatMap(({ y }) => y.map(value => value ?? 0)))
  const y: Axis = { low: Math.min(0, ...values), high: niceCeiling(Math.max(...values)), type: 'linear', label: 'Mean activation' }
  const labels = [...new Set(panels.flatMap(({ panel }) => panel.classes.map(({ label }) => label)))].sort((a, b) => a - b)
  const entries = labels.map((label, i) => ({ label: `${label}`, color: `var(--c${i % mostClasses})` }))
  const colorOf = new Map(entries.map(({ label, color }) => [label, color]))
  const figures = panels.map(({ key, panel }) => {
    const lines = panel.classes.map(({ label, y }): Line => ({ label: `${label}`, color: colorOf.get(`${label}`)!, x: panel.x, y }))
    const x: Axis = { low: 1, high: Math.max(2, panel.channels), type: 'linear', label: 'Channel' }
    const description = `${options.title}, ${context.nameOf(key)}: mean activation over ${panel.channels} channels for classes ${listed(lines.map(line => line.label))}.`
    const draw = (size: LineChartSize) => drawLines({ description, lines, x, y, strokeWidth: 1.8 }, size, context.id('activations'))
    return html`<div class="panel"><h3>${context.nameOf(key)}</h3>${twice(draw, { width: 480, height: 380, labelWidth: 28, fontSize: 13 }, { width: 400, height: 300, labelWidth: 26, fontSize: 13 })}</div>`
  })
  return section(options.title, html`${legend(entries)}<div class="panels">${figures}</div>`, caption(options, panels, context), context)
}

function caption(options: ActivationsOptions, panels: readonly { key: string; panel: Panel }[], context: ChartContext): string {
  const { items, channels } = panels[0]!.panel
  const spreads = panels.map(
    ({ key, panel }) => `${context.nameOf(key)} ${formatNumber(panel.spread)} (mean activation ${formatNumber(panel.mean)})`,
  )
  return [
    `Each line is one class: the mean of its items among ${formatInteger(items)}, over ${formatInteger(channels)} channels, smoothed along the channel index (span ${formatInteger(options.span)}).`,
    `Spread between classes, as the standard deviation of the class means averaged over all channels before smoothing: ${listed(spreads)}.`,
    comparison(panels, context),
  ].join(' ')
}

function comparison(panels: readonly { key: string; panel: Panel }[], context: ChartContext): string {
  const [one, other] = panels
  if (panels.length !== 2 || !one!.panel.spread || !other!.panel.spread) return ''
  const [wide, narrow] = one!.panel.spread > other!.panel.spread ? [one!, other!] : [other!, one!]
  const ratio = wide.panel.spread! / narrow.panel.spread!
  if (ratio < 1.05) return 'The two are within 5% of each other.'
  return `The classes are ${formatNumber(ratio, 2)} times as far apart in ${context.nameOf(wide.key)} as in ${context.nameOf(narrow.key)}.`
}
