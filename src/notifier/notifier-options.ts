/** The user's options for showing a run, checked and with defaults. */
import { extname } from 'node:path'
import { fail } from '../errors/index.js'

/** A finished batch. */
export interface NotifierEvent {
  /** The pipeline's name; the dataset's if it is iterated without one. */
  readonly pipeline: string
  /** The batch's number, from 1. */
  readonly batch: number
  /** The total number of batches; null if endless or unknown. */
  readonly total: number | null
  /** Seconds since the run began. */
  readonly seconds: number
  /** The newest number of each requested variable; null if it has none. */
  readonly variables: Readonly<Record<string, number | null>>
}

/** The stream that a bar is drawn on: `process.stderr`, or anything with these members. */
export interface TextStream {
  write(text: string): unknown
  /** True for a terminal, where a line can be redrawn. */
  readonly isTTY?: boolean
  readonly columns?: number
}

export interface NotifierOptions {
  /** A progress bar; without a terminal, an occasional line. Default true if no other display is requested. */
  readonly bar?: boolean
  /** Batches between notices; the last batch always has one. Default 1. */
  readonly frequency?: number
  /** Variables of the pipeline whose newest number is shown: for a list the last one. */
  readonly variables?: readonly string[]
  /** Draws the variables: `true` beside the bar, a file (`.html` or `.svg`) as a page that is redrawn during the run. */
  readonly chart?: boolean | string
  /** A file to which each event is appended as a line of JSON. */
  readonly file?: string
  /** Receives each event; the run awaits a returned promise. An error it throws ends the run. */
  readonly callback?: (event: NotifierEvent) => unknown
  /** The stream of the bar. Default `process.stderr`. */
  readonly stream?: TextStream
}

/** How a run is shown. BatchFlow: `notifier`, `bar`. */
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
 * Returns the options with defaults; undefined if nothing is to be shown.
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
    fail('wrong-value', { name: 'frequency of notifier', seen: String(frequency), allowed: 'an integer from 1' })
  }
  for (const seen of variables) if (!known.includes(seen)) fail('unknown-name', { kind: 'variable', seen, allowed: known })
  if (chart && variables.length === 0) fail('argument-alone', { action: 'notifier', name: 'chart', needs: 'variables' })
  if (typeof chart === 'string' && !['.html', '.svg'].includes(extname(chart))) {
    fail('wrong-value', { name: 'chart of notifier', seen: chart, allowed: 'true, or the name of a file that ends in .html or .svg' })
  }
  return { ...options, bar, frequency, variables }
}
