/** Renders a run's results to one page: header, charts in order, appendix. */
import type { ChartContext } from './charts/chart-row.js'
import { note, section } from './charts/section.js'
import { findHeadline } from './headline.js'
import { type Html, html } from './html.js'
import { appendix } from './page/appendix.js'
import { pageContexts } from './page/context.js'
import { header } from './page/header.js'
import { style } from './page/style.js'
import { loadPlot } from './plot/library.js'
import { chartRow } from './prepare.js'
import type { PreparedChart, ReportInput } from './results.js'

/**
 * Renders a run's report: one HTML page without scripts that opens offline, in light and dark, on paper and on a phone. The same input
 * yields the same page.
 *
 * @example
 * folder.writeText('report.html', await renderReport({ results, configYaml }))
 */
export async function renderReport(input: ReportInput): Promise<string> {
  await loadPlot()
  const { results } = input
  const contexts = pageContexts(results.charts)
  const general = contexts[0] ?? pageContexts([{ kind: '', options: {}, data: null }])[0]!
  const headline = findHeadline(results.charts, contexts)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Millrace ${results.versions.millrace}">
<title>${results.title || results.name}</title>
${style}
</head>
<body>
<main>
${header(results, headline, general)}
${results.charts.map((chart, i) => html`${renderChart(chart, contexts[i]!)}\n`)}
${appendix(input)}
</main>
</body>
</html>
`.text
}

/** Renders one chart; if it cannot be drawn, a section that says why, so that one chart never prevents the report. */
export function renderChart(chart: PreparedChart, context: ChartContext): Html {
  const title = typeof chart.options.title === 'string' ? chart.options.title : chart.kind
  const cannot = (reason: string) => section(title, note(`This chart could not be drawn: ${reason}.`), '', context)
  const row = chartRow(chart.kind)
  if (chart.problem !== undefined) return cannot(chart.problem)
  if (!row) return cannot(`this version of Millrace has no chart ${chart.kind}`)
  try {
    return row.render(chart.options, chart.data, context)
  } catch (error) {
    return cannot(error instanceof Error ? error.message : String(error))
  }
}
