/** Names of metrics: camelCase, aliases, and BatchFlow's snake_case. */
import { fail } from '../errors/index.js'

/** `truePositiveRate` → `true_positive_rate`. */
export type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name

type Rows = Readonly<Record<string, { readonly aliases: readonly string[] }>>

/** A name in camelCase: the table's own or an alias. */
type CamelName<Table extends Rows> = { [Name in keyof Table & string]: Name | Table[Name]['aliases'][number] }[keyof Table & string]

/** Every name of a table's metrics. */
export type NameIn<Table extends Rows> = CamelName<Table> | SnakeCase<CamelName<Table>>

/** The metric of the table that a name refers to. */
export type CanonicalName<Table extends Rows, Name extends string> = {
  [Key in keyof Table & string]: Name extends Key | Table[Key]['aliases'][number] | SnakeCase<Key | Table[Key]['aliases'][number]>
    ? Key
    : never
}[keyof Table & string]

/**
 * Returns the row's own name for any of its names: `f1_score`, `dice` and `f1Score` become `f1Score`.
 *
 * @throws MillraceError `unknown-name`, with a did-you-mean
 */
export function toMetricName<Table extends Rows>(name: string, table: Table, of: string): keyof Table & string {
  const camel = String(name).replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  const found = Object.entries(table).find(([own, { aliases }]) => own === camel || aliases.includes(camel))
  if (found) return found[0]
  const allowed = [...Object.keys(table), ...Object.values(table).flatMap(({ aliases }) => aliases)]
  return fail('unknown-name', { kind: `metric of ${of}`, seen: String(name), allowed })
}
