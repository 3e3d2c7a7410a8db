/** Reports the progress of an iteration over batches: on a terminal, in files, to a function of the user. */

import { newestNumber } from '../util/newest-number.js'
import { Bar } from './bar.js'
import { ChartFile } from './chart-file.js'
import type { Display } from './display.js'
import { History } from './history.js'
import { LogFile } from './log-file.js'
import { type NotifierOption, type NotifierSettings, toNotifierSettings } from './notifier-options.js'

/** The iteration to report on. */
export interface Watched {
  readonly name: string
  /** The total number of batches; null if endless or unknown. */
  readonly total: number | null
  /** The names of available variables. */
  readonly variables: readonly string[]
  /** Reads the current value of a variable. */
  read(variable: string): unknown
}

/**
 * Opens a notifier for an iteration that starts now; undefined if nothing is to be shown. Runs open their own: use this one in your own
 * loop. It has no timer and keeps nothing open, so it may simply be dropped.
 *
 * @example
 * const losses: number[] = []
 * const notifier = openNotifier({ variables: ['loss'] }, { name: 'rounds', total: 100, variables: ['loss'], read: () => losses })
 * for (let round = 1; round <= 100; round++) {
 *   losses.push(1 / round)
 *   await notifier?.batch(round)
 * }
 * await notifier?.end()
 *
 * @throws MillraceError for wrong options; errors of the file system if a file cannot be created
 */
export function openNotifier(option: NotifierOption | undefined, watched: Watched): Notifier | undefined {
  const settings = toNotifierSettings(option, watched.variables)
  return settings && new Notifier(settings, watched)
}

export class Notifier {
  readonly #displays: readonly Display[]
  readonly #history: ReadonlyMap<string, History>
  readonly #start: number
  /** The last batch, and the last one that was reported. */
  #batch = 0
  #told = 0

  constructor(
    readonly settings: NotifierSettings,
    readonly watched: Watched,
    readonly now: () => number = () => performance.now() / 1000,
  ) {
    const { bar, chart, file, variables, stream = process.stderr } = settings
    this.#displays = [
      ...(bar ? [new Bar(stream, chart !== undefined && chart !== false, now)] : []),
      ...(typeof chart === 'string' ? [new ChartFile(chart, now)] : []),
      ...(file === undefined ? [] : [new LogFile(file)]),
    ]
    this.#history = new Map(chart ? variables.map(name => [name, new History()]) : [])
    this.#start = now()
  }

  /** Call after each batch. */
  async batch(number: number): Promise<void> {
    this.#batch = number
    if (number % this.settings.frequency === 0) await this.#tell()
  }

  /** Call after the last batch. */
  async end(): Promise<void> {
    if (this.#told !== this.#batch) await this.#tell()
    this.close()
  }

  /** Call before an error is printed; the iteration may continue. */
  pause(): void {
    for (const display of this.#displays) display.pause?.()
  }

  /** Call when the iteration is over, however it ended. */
  close(): void {
    for (const display of this.#displays) display.close?.()
  }

  async #tell(): Promise<void> {
    const { settings, watched } = this
    this.#told = this.#batch
    const variables = Object.fromEntries(settings.variables.map(name => [name, newestNumber(watched.read(name))]))
    const event = { pipeline: watched.name, batch: this.#batch, total: watched.total, seconds: this.now() - this.#start, variables }
    for (const [name, history] of this.#history) history.add(event.batch, variables[name] ?? null)
    for (const display of this.#displays) display.show(event, this.#history)
    await settings.callback?.(event)
  }
}
