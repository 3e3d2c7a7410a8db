/** `(300, { shuffle: 2 })` and `({ batchSize: 300, shuffle: 2 })`: the two ways to write how something is walked. */
import type { RunOptions } from './run/run-options.js'
import type { IterateOptions } from './spec/contracts.js'

/** `{ batchSize: 300, … }`, or the batch size first and the rest after it. */
export type SizedArguments<Options extends IterateOptions> =
  | readonly [options: Options]
  | readonly [batchSize: number, options?: Omit<Options, 'batchSize'>]

export type RunArguments = SizedArguments<RunOptions>

/** The options, whichever way they were written. */
export function toSizedOptions<Options extends IterateOptions>([first, rest]: SizedArguments<Options>): Options {
  return typeof first === 'object' && first !== null ? first : ({ ...rest, batchSize: first } as unknown as Options)
}

/** What `nextBatch` takes where neither `epochs` nor `iterations` is given: batches without end. */
export function endlessUnlessTold<Options extends IterateOptions>(options: Options): Options {
  return options.epochs === undefined && options.iterations === undefined ? { ...options, epochs: null } : options
}
