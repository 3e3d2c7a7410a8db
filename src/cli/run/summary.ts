/** The lines that a run ends with. */
import { join } from 'node:path'
import { columns, type ExperimentResults, printable, type RecordedValue } from '../../experiment.js'
import { formatDuration } from '../../util/duration.js'
import { formatValue } from '../../util/format-value.js'
import { paint } from '../output.js'
import { namesOf } from './smoothed-values.js'

/** Rounds to average the losses at the end over. */
const LAST = 50

/** Losses (mean of the last rounds), accuracy, notes (conclusions, charts that cannot be drawn) and where the report is. */
export function summarizeRun(results: ExperimentResults, folder: string, notes: readonly string[] = []): string {
  const { iterations, seconds, interrupted, stoppedBy, variables, accuracy } = results
  const stopped = stoppedBy === undefined ? '' : `, stopped by ${printable(stoppedBy)}`
  const ended = interrupted ? ', interrupted' : results.error ? ', ended by an error' : stopped
  const names = namesOf(Object.keys(variables))
  const rows = Object.values(variables).map((values, i) => [`  ${names[i]}`, describeLast(values)])
  for (const [name, share] of Object.entries(accuracy ?? {})) rows.push([`  accuracy of ${name}`, `${(100 * share).toFixed(2)} %`])
  return [
    `${paint.bold(printable(results.title))}: ${iterations.done} of ${countRounds(iterations.planned)} in ${formatDuration(seconds)}${ended}`,
    ...(rows.length > 0 ? [printable(columns(rows))] : []),
    ...notes.map(printable),
    `report: ${join(folder, 'report.html')}`,
  ].join('\n')
}

/** `1 round`, `500 rounds`. */
export const countRounds = (count: number) => `${count} ${count === 1 ? 'round' : 'rounds'}`

function describeLast(values: readonly RecordedValue[]): string {
  const newest = values.findLast(value => value !== null)
  if (newest !== undefined && typeof newest !== 'number') return formatValue(newest)
  const last = values.slice(-LAST).filter(value => typeof value === 'number')
  if (last.length === 0) return 'no value'
  const mean = last.reduce((sum, value) => sum + value, 0) / last.length
  return `${mean.toPrecision(4)} (mean of the last ${last.length})`
}
