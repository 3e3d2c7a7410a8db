/** The sentence a report opens with, for those who read a terminal. */
import { chartRow, type RunResults } from '../report/index.js'
import { pageContexts } from '../report/page/context.js'

/** What the run's charts conclude, in one sentence; undefined where none concludes anything. */
export function concludeRun({ charts }: Pick<RunResults, 'charts'>): string | undefined {
  const contexts = pageContexts(charts)
  for (const [i, { kind, options, data, problem }] of charts.entries()) {
    const sentence = problem === undefined ? chartRow(kind)?.headline?.(options, data, contexts[i]!) : undefined
    if (sentence !== undefined) return sentence
  }
  return undefined
}
