/** The user's options for showing a run, checked and with defaults. */
import { extname } from 'node:path'
import { fail } from '../errors/index.js'
import { boolean, integer, listOf, live, option, options, plainType, read, string, type ValueOf, type WrittenOf } from '../options/index.js'
import { isPlainObject } from '../util/json.js'

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

const notifierTable = options({
  bar: option('true: a progress bar; without a terminal, an occasional line. Default true if nothing else is to be shown', boolean, {
    optional: true,
  }),
  frequency: option('batches between notices; the last batch always has one', integer({ min: 1 }), { default: 1 }),
  variables: option('variables of the pipeline whose newest number is shown: of a list the last one', listOf(string, { min: 0 }), {
    default: [],
  }),
  chart: option(
    'draws the variables: true beside the bar, a file (.html or .svg) as a page that is redrawn during the run',
    plainType<boolean | string>({
      allowed: 'true, or the name of a file that ends in .html or .svg',
      schema: { type: ['boolean', 'string'] },
      test: value => typeof value === 'boolean' || (typeof value === 'string' && ['.html', '.svg'].includes(extname(value))),
    }),
    { optional: true },
  ),
  file: option('a file to which each event is appended as a line of JSON', string, { optional: true }),
  callback: option(
    'receives each event; the run awaits a returned promise. An error it throws ends the run',
    live<NotifierFunction>('a function', value => typeof value === 'function'),
    { optional: true },
  ),
  stream: option(
    'the stream of the bar (default: standard error)',
    live<TextStream>('a stream', value => typeof (value as { write?: unknown } | null)?.write === 'function'),
    { optional: true },
  ),
})

/** What a notifier shows. */
export interface NotifierOptions extends WrittenOf<typeof notifierTable> {}

/** A function that is called after each batch. */
export type NotifierFunction = (event: NotifierEvent) => unknown

/** How a run is shown. BatchFlow: `notifier`, `bar`. */
export type NotifierOption = boolean | 'bar' | NotifierFunction | NotifierOptions

/** A notifier as an option: what is in it is checked when it is opened, where the variables are known. */
export const notifier = live<NotifierOption>(
  "true, false, 'bar', a function, or an object of options",
  value => typeof value === 'boolean' || value === 'bar' || typeof value === 'function' || isPlainObject(value),
)

export interface NotifierSettings extends ValueOf<typeof notifierTable> {
  readonly bar: boolean
}

/**
 * Returns the options with defaults; undefined if nothing is to be shown.
 *
 * @throws MillraceError `wrong-value`, `unknown-option`, `unknown-name`, `argument-alone`
 */
export function toNotifierSettings(given: NotifierOption | undefined, known: readonly string[]): NotifierSettings | undefined {
  const option = read(notifier, given ?? false, 'notifier')
  if (option === false) return undefined
  const written = typeof option === 'function' ? { callback: option } : option === true || option === 'bar' ? { bar: true } : option
  const settings = read(notifierTable, written, 'notifier')
  const { variables, chart, file, callback } = settings
  for (const seen of variables) if (!known.includes(seen)) fail('unknown-name', { kind: 'variable', seen, allowed: known })
  if (chart && variables.length === 0) fail('argument-alone', { action: 'notifier', name: 'chart', needs: 'variables' })
  return { ...settings, bar: settings.bar ?? (file === undefined && callback === undefined && typeof chart !== 'string') }
}
