/** The parts of every chart on the page. */
import type { ChartReference } from '../../contracts/charts.js'
import { mapOf, option, plainType, string, worded } from '../../options/index.js'
import { type Html, type HtmlPart, html } from '../html.js'
import type { LineChartSize } from '../plot/lines.js'
import type { ChartContext } from './chart-row.js'

/** A map from short names to references, e.g. `{ resnet: 'resTest.resLoss' }`. */
export type References = Readonly<Record<string, string>>

/** The heading above the chart. */
export const title = option('the heading above the chart', string)

export const names = option(
  'the text shown for each name, in this chart and in all others that do not set their own',
  mapOf(string, 'a map: name → text'),
  { optional: true },
)

const pattern = '^[^.]+(\\.[^.]+)+$'

/** `pipeline.variable`, `pipeline.variable.key` or `pipeline.model`. */
export const reference = worded(
  plainType<string>({
    allowed: '',
    schema: { type: 'string', pattern },
    test: value => typeof value === 'string' && new RegExp(pattern).test(value),
  }),
  'a name in a pipeline: pipeline.name',
)

/** A map from short names to references. */
export const references = (max?: number) => mapOf(reference, 'a map: short name → pipeline.name', { min: 1, ...(max && { max }) })

/** Returns the references of a map, with their path in the options. */
export function referencesIn(map: References | undefined, option: string): ChartReference[] {
  return Object.entries(map ?? {}).map(([key, ref]) => ({ ref, path: [option, key] }))
}

/** A chart: heading, figure, caption below. */
export function section(title: string, figure: HtmlPart, caption: HtmlPart, context: ChartContext): Html {
  const id = context.id('chart')
  return html`<section class="chart" aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<figure>
${figure}
<figcaption>${caption}</figcaption>
</figure>
</section>`
}

/** Swatches with names, for lines without room for labels. */
export function legend(entries: readonly { readonly label: string; readonly color: string }[], className = ''): Html {
  return html`<ul class="legend ${className}">${entries.map(({ label, color }) => html`<li><i style="background:${color}"></i>${label}</li>`)}</ul>`
}

/** The same drawing twice, for a wide and a narrow page; the style sheet shows one. */
export function twice(draw: (size: LineChartSize) => Html, wide: LineChartSize, narrow: LineChartSize): Html {
  return html`<div class="wide">${draw(wide)}</div><div class="narrow">${draw(narrow)}</div>`
}

/** The two sizes of line charts that stand alone; `labelWidth` is for the wide one. */
export function lineSizes(labelWidth: number): readonly [LineChartSize, LineChartSize] {
  return [
    { width: 960, height: 400, labelWidth, fontSize: 13 },
    { width: 400, height: 300, labelWidth: 0, fontSize: 13 },
  ]
}

/** The two sizes of interval charts, whose height follows from their rows. */
export const intervalSizes: readonly [LineChartSize, LineChartSize] = [
  { width: 780, height: 0, labelWidth: 0, fontSize: 13 },
  { width: 400, height: 0, labelWidth: 0, fontSize: 13 },
]

/** A table: the first column contains row headings, the others numbers. The last `footer` rows are set apart. */
export function table(caption: string, heads: readonly HtmlPart[], rows: readonly (readonly HtmlPart[])[], footer = 0): Html {
  const row = (cells: readonly HtmlPart[]) =>
    html`<tr>${cells.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`))}</tr>\n`
  const body = rows.slice(0, rows.length - footer)
  const foot = rows.slice(rows.length - footer)
  return html`<div class="table"><table>
<caption>${caption}</caption>
<thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${body.map(row)}</tbody>${
    foot.length > 0 &&
    html`
<tfoot>
${foot.map(row)}</tfoot>`
  }
</table></div>`
}

/** A name in its colour. */
export function named(key: string, context: ChartContext): Html {
  return html`<span class="name"><i style="background:${context.colorOf(key)}"></i>${context.nameOf(key)}</span>`
}

/** A note in place of a chart. */
export function note(text: string): Html {
  return html`<p class="note">${text}</p>`
}
