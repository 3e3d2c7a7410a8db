/** The lines that a run ends with. */
import { join } from 'node:path'
import { columns, type ExperimentResults } from '../../experiment.js'
import { formatDuration } from '../../util/duration.js'
import { paint } from '../output.js'

/** Rounds to average the losses at the end over. */
const LAST = 50

/** Losses (mean of the last rounds), accuracy, the conclusion and where the report is. */
export function summarizeRun(results: ExperimentResults, folder: string, conclusion?: string): string {
  const { iterations, seconds, interrupted, variables, accuracy } = results
  const ended = interrupted ? ', interrupted' : results.error ? ', ended by an error' : ''
  const rows = Object.entries(variables).map(([name, values]) => [`  ${name}`, describeLast(values)])
  for (const [name, share] of Object.entries(accuracy ?? {})) rows.push([`  accuracy of ${name}`, `${(100 * share).toFixed(2)} %`])
  return [
    `${paint.bold(results.title)}: ${iterations.done} of ${countRounds(iterations.planned)} in ${formatDuration(seconds)}${ended}`,
    ...(rows.length > 0 ? [columns(rows)] : []),
    ...(conclusion ? [conclusion] : []),
    `report: ${join(folder, 'report.html')}`,
  ].join('\n')
}

/** `1 round`, `500 rounds`. */
export const countRounds = (count: number) => `${count} ${count === 1 ? 'round' : 'rounds'}`

function describeLast(values: readonly (number | null)[]): string {
  const last = values.slice(-LAST).filter(value => value !== null)
  if (last.length === 0) return 'no value'
  const mean = last.reduce((sum, value) => sum + value, 0) / last.length
  return `${mean.toPrecision(4)} (mean of the last ${last.length})`
}
