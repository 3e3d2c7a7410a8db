/** `(300, { shuffle: 2 })` and `({ batchSize: 300, shuffle: 2 })`: the two ways to write how something is walked. */

import type { IterateOptions } from './description/batch-options.js'
import { Expression } from './description/expressions/expression.js'
import type { AnyName } from './description/expressions/names.js'
import type { GivenRunOptions } from './run/execution/run-options.js'

/** `{ batchSize: 300, … }`, or the batch size first and the rest after it. */
export type SizedArguments<Options extends IterateOptions> = readonly [options: number | Options, others?: Omit<Options, 'batchSize'>]

/** The same for a run; what is left out is what `runLater` stored, and values may be expressions. */
export type RunArguments = readonly [options?: number | Expression<AnyName> | GivenRunOptions, others?: Omit<GivenRunOptions, 'batchSize'>]

/** The options of a run as they were given, whichever way they were written. */
export function toGivenOptions([first, rest]: RunArguments): GivenRunOptions {
  if (first === undefined) return rest ?? {}
  return typeof first === 'object' && !(first instanceof Expression) ? first : { batchSize: first, ...rest }
}

/** The options, whichever way they were written. */
export function toSizedOptions<Options extends IterateOptions>([first, rest]: SizedArguments<Options>): Options {
  return typeof first === 'object' && first !== null ? first : ({ ...rest, batchSize: first } as unknown as Options)
}

/** What `nextBatch` takes where neither `epochs` nor `iterations` is given: batches without end. */
export function endlessUnlessTold<Options extends IterateOptions>(options: Options): Options {
  return options.epochs === undefined && options.iterations === undefined ? { ...options, epochs: null } : options
}
