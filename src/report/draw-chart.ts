/** Draws one chart of a report. */
import type { ChartContext } from './charts/chart-row.js'
import { note, section } from './charts/section.js'
import type { Html } from './html.js'
import { chartRow } from './prepare.js'
import type { PreparedChart } from './results.js'

/** The heading of a chart; its kind if it has none. */
export const titleOf = ({ kind, options: { title } }: PreparedChart): string => (typeof title === 'string' ? title : kind)

/** A chart on the page, and why it could not be drawn, if so: one chart never prevents the report. */
export function drawChart(chart: PreparedChart, context: ChartContext): { readonly drawn: Html; readonly problem?: string } {
  const cannot = (problem: string) => ({
    drawn: section(titleOf(chart), note(`This chart could not be drawn: ${problem}.`), '', context),
    problem,
  })
  const row = chartRow(chart.kind)
  if (chart.problem !== undefined) return cannot(chart.problem)
  if (!row) return cannot(`this version of Millrace has no chart ${chart.kind}`)
  try {
    return { drawn: row.render(chart.options, chart.data, context) }
  } catch (error) {
    return cannot(error instanceof Error ? error.message : String(error))
  }
}
