/** `(300, { shuffle: 2 })` and `({ batchSize: 300, shuffle: 2 })`: the two ways to write options of an iteration. */

import type { IterateOptions } from './description/batch-options.js'
import { Expression } from './description/expressions/expression.js'
import type { AnyName } from './description/expressions/names.js'
import type { GivenRunOptions } from './run/execution/run-options.js'

/** `{ batchSize: 300, … }`, or the batch size first and the others after it. */
export type SizedArguments<Options extends IterateOptions> = readonly [options: number | Options, others?: Omit<Options, 'batchSize'>]

/** The same for a run; omitted options default to those that `runLater` stored, and values may be expressions. */
export type RunArguments = readonly [options?: number | Expression<AnyName> | GivenRunOptions, others?: Omit<GivenRunOptions, 'batchSize'>]

/** The options of a run as they were passed, in either form. */
export function toGivenOptions([first, rest]: RunArguments): GivenRunOptions {
  if (first === undefined) return rest ?? {}
  return typeof first === 'object' && !(first instanceof Expression) ? first : { batchSize: first, ...rest }
}

/** The options, in either form. */
export function toSizedOptions<Options extends IterateOptions>([first, rest]: SizedArguments<Options>): Options {
  return typeof first === 'object' && first !== null ? first : ({ ...rest, batchSize: first } as unknown as Options)
}

/** Options of `nextBatch`, endless if neither `epochs` nor `iterations` is set. */
export function endlessUnlessTold<Options extends IterateOptions>(options: Options): Options {
  return options.epochs === undefined && options.iterations === undefined ? { ...options, epochs: null } : options
}
