/** Renders a run's results to one page: header, charts in order, appendix. */
import { drawChart } from './draw-chart.js'
import { findHeadlines } from './headline.js'
import { html } from './html.js'
import { appendix } from './page/appendix.js'
import { pageContexts } from './page/context.js'
import { header } from './page/header.js'
import { page } from './page/page.js'
import { loadPlot } from './plot/library.js'
import type { ReportInput } from './results.js'

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
  const headlines = findHeadlines(results.charts, contexts)
  const main = html`${header(results, headlines, general)}
${results.charts.map((chart, i) => html`${drawChart(chart, contexts[i]!).drawn}\n`)}
${appendix(input)}`
  return page(results.title || results.name, main, results.versions.millrace).text
}
