/** What a report says at its top and in the terminal: its conclusions, and which charts cannot be drawn. */
import type { ChartContext } from './charts/chart-row.js'
import { drawChart, titleOf } from './draw-chart.js'
import { pageContexts } from './page/context.js'
import { loadPlot } from './plot/library.js'
import { chartRow } from './prepare.js'
import type { PreparedChart } from './results.js'

/**
 * Returns the conclusion of each chart that has one, in one sentence.
 *
 * @example
 * findHeadlines(results.charts) // ['This run can tell no difference in test.loss between …']
 */
export function findHeadlines(
  charts: readonly PreparedChart[],
  contexts: readonly ChartContext[] = pageContexts(charts),
): readonly string[] {
  return charts.flatMap((chart, i) => headlineOf(chart, contexts[i]!) ?? [])
}

/**
 * Returns why charts cannot be drawn, one sentence per chart; the report shows it in their place.
 *
 * @example
 * await findChartProblems(results.charts) // ['The chart Accuracy cannot be drawn: …']
 */
export async function findChartProblems(charts: readonly PreparedChart[]): Promise<readonly string[]> {
  await loadPlot()
  const contexts = pageContexts(charts)
  return charts.flatMap((chart, i) => {
    const { problem } = drawChart(chart, contexts[i]!)
    return problem === undefined ? [] : [`The chart ${titleOf(chart)} cannot be drawn: ${problem}.`]
  })
}

function headlineOf(chart: PreparedChart, context: ChartContext): string | undefined {
  if (chart.problem !== undefined) return undefined
  try {
    return chartRow(chart.kind)?.headline?.(chart.options, chart.data, context)
  } catch {
    // The chart itself shows its error.
    return undefined
  }
}
