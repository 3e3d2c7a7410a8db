/** What a user says of how a run is shown, checked and with its defaults. */
import { extname } from 'node:path'
import { fail } from '../errors/index.js'

/** One batch that was worked on. */
export interface NotifierEvent {
  /** The pipeline's name; a dataset's where it is walked without one. */
  readonly pipeline: string
  /** The batch's number, from 1. */
  readonly batch: number
  /** Batches in all; null where there is no end, or nobody knows. */
  readonly total: number | null
  /** Seconds since the run began. */
  readonly seconds: number
  /** The newest number of each variable asked for; null where it holds none. */
  readonly variables: Readonly<Record<string, number | null>>
}

/** What a bar is drawn on: `process.stderr`, or anything that can do as much. */
export interface TextStream {
  write(text: string): unknown
  /** Whether it is a terminal, where a line can be drawn over. */
  readonly isTTY?: boolean
  readonly columns?: number
}

export interface NotifierOptions {
  /** A progress bar; where there is no terminal, a line now and then. Default true where nothing else is asked for. */
  readonly bar?: boolean
  /** Batches from one notice to the next; the last batch always has one. Default 1. */
  readonly frequency?: number
  /** Variables of the pipeline whose newest number is told: that of a list is its last one. */
  readonly variables?: readonly string[]
  /** Draws these: `true` beside the bar, a file (`.html` or `.svg`) as a page that is drawn anew as the run goes on. */
  readonly chart?: boolean | string
  /** A file that gets each event as a line of JSON; what it holds already stays. */
  readonly file?: string
  /** Is told each event; the run waits for a promise it gives. What it throws ends the run. */
  readonly callback?: (event: NotifierEvent) => unknown
  /** Where the bar is drawn. Default `process.stderr`. */
  readonly stream?: TextStream
}

/** How a run is watched. BatchFlow: `notifier`, `bar`. */
export type NotifierOption = boolean | 'bar' | ((event: NotifierEvent) => unknown) | NotifierOptions

export interface NotifierSettings extends NotifierOptions {
  readonly bar: boolean
  readonly frequency: number
  readonly variables: readonly string[]
}

const names: readonly string[] = [
  'bar',
  'frequency',
  'variables',
  'chart',
  'file',
  'callback',
  'stream',
] satisfies readonly (keyof NotifierOptions)[]

/**
 * The options in full; undefined where nothing is to be shown.
 *
 * @throws MillraceError `wrong-value`, `unknown-option`, `unknown-name`, `argument-alone`
 */
export function toNotifierSettings(option: NotifierOption | undefined, known: readonly string[]): NotifierSettings | undefined {
  if (option === undefined || option === false) return undefined
  const options = typeof option === 'function' ? { callback: option } : option === true || option === 'bar' ? { bar: true } : option
  if (typeof options !== 'object' || options === null) {
    return fail('wrong-value', {
      name: 'notifier',
      seen: String(option),
      allowed: "true, false, 'bar', a function, or an object of options",
    })
  }
  const unknown = Object.keys(options).find(name => !names.includes(name))
  if (unknown !== undefined) fail('unknown-option', { of: 'a notifier', seen: unknown, allowed: names })
  const { frequency = 1, variables = [], chart, file, callback } = options
  const { bar = file === undefined && callback === undefined && typeof chart !== 'string' } = options
  if (!Number.isSafeInteger(frequency) || frequency < 1) {
    fail('wrong-value', { name: 'frequency of notifier', seen: String(frequency), allowed: 'a whole number from 1' })
  }
  for (const seen of variables) if (!known.includes(seen)) fail('unknown-name', { kind: 'variable', seen, allowed: known })
  if (chart && variables.length === 0) fail('argument-alone', { action: 'notifier', name: 'chart', needs: 'variables' })
  if (typeof chart === 'string' && !['.html', '.svg'].includes(extname(chart))) {
    fail('wrong-value', { name: 'chart of notifier', seen: chart, allowed: 'true, or the name of a file that ends in .html or .svg' })
  }
  return { ...options, bar, frequency, variables }
}
