/** The words of a progress bar. */

import { printable } from '../errors/printable.js'
import { formatDuration } from '../util/duration.js'
import { formatSignificant } from '../util/format-value.js'
import type { History, Point } from './history.js'
import type { NotifierEvent } from './notifier-options.js'

export interface ProgressWords {
  readonly name: string
  /** The share that is done, 0 … 1; null if endless. */
  readonly done: number | null
  /** The parts after the bar. */
  readonly parts: readonly string[]
}

/** The width of a bar, limited by the terminal. */
const NARROWEST = 6
const WIDEST = 30

/** Columns of a sparkline. */
const SPARKS = 16
const sparks = '▁▂▃▄▅▆▇█'

export function progressWords(
  { pipeline, batch, total, seconds, variables }: NotifierEvent,
  secondsPerBatch: number | undefined,
  history: ReadonlyMap<string, History>,
): ProgressWords {
  const isOver = total !== null && batch >= total
  const isTimed = secondsPerBatch !== undefined && total !== null && !isOver
  const values = Object.entries(variables).map(([name, value]) =>
    [name, value === null ? '–' : formatSignificant(value, 4), sparkline(history.get(name)?.points ?? [])].filter(Boolean).join(' '),
  )
  return {
    name: pipeline,
    done: total === null ? null : Math.min(1, batch / total),
    parts: [
      total === null ? `${batch}` : `${batch}/${total}`,
      ...(secondsPerBatch === undefined ? [] : [`${formatSignificant(1 / secondsPerBatch, 3)}/s`]),
      isTimed ? `${formatDuration(secondsPerBatch * (total - batch))} left` : formatDuration(seconds),
      ...values,
    ],
  }
}

/** The words as a line that is not redrawn. */
export const plainLine = ({ name, parts }: ProgressWords): string => printable(`${name} ${parts.join('  ')}`)

/** The words, with a bar unless endless, within a terminal's width. */
export function barLine({ name: given, done, parts }: ProgressWords, columns: number): string {
  const [name, rest] = [oneLine(given), oneLine(parts.join('  '))]
  const room = columns - name.length - rest.length - 4
  const width = Math.max(NARROWEST, Math.min(WIDEST, room))
  const filled = Math.round(width * (done ?? 0))
  const bar = done === null ? [] : [`${'█'.repeat(filled)}${'░'.repeat(width - filled)}`]
  // A line that reaches the edge would wrap and could not be redrawn.
  return [name, ...bar, rest].join('  ').slice(0, columns - 1)
}

const oneLine = (text: string) => printable(text).replace(/\s/g, ' ')

/** The last points as a row of small bars. */
function sparkline(points: readonly Point[]): string {
  const values = thin(points.map(({ value }) => value))
  const low = Math.min(...values)
  const range = Math.max(...values) - low
  return values.map(value => sparks[range === 0 ? 0 : Math.round(((value - low) / range) * (sparks.length - 1))]).join('')
}

/** Averages neighbours to one value per column. */
function thin(values: readonly number[]): readonly number[] {
  if (values.length <= SPARKS) return values
  return Array.from({ length: SPARKS }, (_, i) => {
    const part = values.slice(Math.floor((i * values.length) / SPARKS), Math.floor(((i + 1) * values.length) / SPARKS))
    return part.reduce((sum, value) => sum + value, 0) / part.length
  })
}
