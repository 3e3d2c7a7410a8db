/** Types of configs whose keys may be paths, nested levels, or a mixture of both. */
import type { OptionTable, OptionType, WrittenOf } from './option-type.js'

/** A pair of a path and the type of its value for each option below a type; its keys are the user's own below a map. `parts` are for paths alone. */
type Below<T, Above extends string> = T extends { readonly table: infer O extends OptionTable }
  ? Pairs<O, Above>
  : T extends { readonly types: infer U extends readonly OptionType[] }
    ? Below<U[number], Above>
    : T extends { readonly parts: infer O extends OptionTable }
      ? Pairs<O, Above>
      : T extends { readonly each: OptionType }
        ? readonly [`${Above}${string}`, OptionType<any, any>]
        : never

type Pairs<O extends OptionTable, Above extends string> = {
  [K in keyof O & string]: readonly [`${Above}${K}`, O[K]['type']] | Below<O[K]['type'], `${Above}${K}/`>
}[keyof O & string]

type DeepPairs<O extends OptionTable> = { [K in keyof O & string]: Below<O[K]['type'], `${K}/`> }[keyof O & string]

/** The options that a type is, or may be, written as a nested config. */
type Nested<T> = T extends { readonly table: infer O extends OptionTable }
  ? ConfigOf<O>
  : T extends { readonly types: infer U extends readonly OptionType[] }
    ? Nested<U[number]>
    : never

type ConfigValue<T extends OptionType> = WrittenOf<T> | Nested<T>

/** The paths of all options: `'body' | 'body/filters' | …`. */
export type PathsOf<O extends OptionTable> = Pairs<O, ''>[0]

/**
 * A config as a user may write it: every key is optional, and a key may be a path. A misspelt key of an object literal does not compile;
 * a `Record<string, unknown>` is accepted as it is.
 *
 * @example
 * const head = options({ units: option('units', integer(), { optional: true }) })
 * const network = options({ head: option('the last part', head, { optional: true }) })
 * const config: ConfigOf<typeof network.table> = { 'head/units': 10 }
 */
export type ConfigOf<O extends OptionTable> = { readonly [K in keyof O]?: ConfigValue<O[K]['type']> } & {
  readonly [P in DeepPairs<O> as P[0]]?: ConfigValue<P[1]>
}
