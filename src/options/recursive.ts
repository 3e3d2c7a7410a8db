import type { JsonSchema } from '../util/json.js'
import type { OptionType } from './option-type.js'

/** How deep the schema of a type that occurs inside itself goes; below it, editors accept any map. */
const SCHEMA_DEPTH = 3

/**
 * A type that may occur inside itself, below a list. Values are checked at every depth.
 *
 * @param allowed the type in a few words, for errors and summaries
 * @example
 * interface Tree { readonly size: number; readonly trees?: readonly Tree[] }
 * const tree = recursive<Tree, Tree>('a tree', inner =>
 *   options({ size: option('its height', integer()), trees: option('trees inside', listOf(inner), { optional: true }) }),
 * )
 */
export function recursive<Value, Written>(
  allowed: string,
  make: (inner: OptionType<Value, Written>) => OptionType<Value, Written>,
): OptionType<Value, Written> {
  const whole = (schema: JsonSchema): OptionType<Value, Written> => ({
    allowed,
    names: [],
    schema,
    inspect: (value, site) => type.inspect(value, site),
    fill: value => type.fill(value),
    hasShape: value => type.hasShape(value),
  })
  const type = make(whole({ type: 'object' }))
  let { schema } = type
  for (let depth = 1; depth < SCHEMA_DEPTH; depth++) schema = make(whole(schema)).schema
  return whole(schema)
}
