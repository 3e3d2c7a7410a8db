/** Tells how a walk over batches goes: to a terminal, to files, to a function of the user. */

import { newestNumber } from '../util/newest-number.js'
import { Bar } from './bar.js'
import { ChartFile } from './chart-file.js'
import type { Display } from './display.js'
import { History } from './history.js'
import { LogFile } from './log-file.js'
import { type NotifierOption, type NotifierSettings, toNotifierSettings } from './notifier-options.js'

/** The walk that is watched. */
export interface Watched {
  readonly name: string
  /** Batches in all; null where there is no end, or nobody knows. */
  readonly total: number | null
  /** The variables that can be asked for. */
  readonly variables: readonly string[]
  /** A variable's value now. */
  read(variable: string): unknown
}

/**
 * A notifier for a walk that begins now; undefined where nothing is asked for. Runs open their own; this one is for a loop of one's own.
 * It has no timer and keeps nothing open: whoever drops it leaves nothing behind.
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
 * @throws MillraceError of the options; of the file system where a file cannot be made
 */
export function openNotifier(option: NotifierOption | undefined, watched: Watched): Notifier | undefined {
  const settings = toNotifierSettings(option, watched.variables)
  return settings && new Notifier(settings, watched)
}

export class Notifier {
  readonly #displays: readonly Display[]
  readonly #history: ReadonlyMap<string, History>
  readonly #start: number
  /** The last batch, and the last one that was told. */
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

  /** A batch was worked on. */
  async batch(number: number): Promise<void> {
    this.#batch = number
    if (number % this.settings.frequency === 0) await this.#tell()
  }

  /** There are no more batches. */
  async end(): Promise<void> {
    if (this.#told !== this.#batch) await this.#tell()
    this.close()
  }

  /** An error is about to be shown; the walk may go on. */
  pause(): void {
    for (const display of this.#displays) display.pause?.()
  }

  /** The walk is over, however it ended. */
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
