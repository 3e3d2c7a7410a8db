/** The opening sentence of a report. */
import type { ChartContext } from './charts/chart-row.js'
import { pageContexts } from './page/context.js'
import { chartRow } from './prepare.js'
import type { PreparedChart } from './results.js'

/**
 * Returns the conclusion of the first chart that has one, in one sentence; undefined if none has.
 *
 * @example
 * findHeadline(results.charts) // 'This run can tell no difference in test loss between …'
 */
export function findHeadline(
  charts: readonly PreparedChart[],
  contexts: readonly ChartContext[] = pageContexts(charts),
): string | undefined {
  for (const [i, chart] of charts.entries()) {
    const sentence = headlineOf(chart, contexts[i]!)
    if (sentence !== undefined) return sentence
  }
  return undefined
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
