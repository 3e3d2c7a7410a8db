/** Binds what a description names: pipelines that expressions read as pipelines, everything else as values. */
import { isPlainObject, type JsonValue } from '../../../util/json.js'
import { expressionsIn, letterOf } from '../expressions/expression-json.js'
import { type Bindings, bind, mergeBindings, noBindings } from './bindings.js'
import type { Described } from './describe.js'

/** The bindings with these live things added, and the data with the names they received. A pipeline keeps its own name, as in a file. */
export function bindDescribed<Json extends JsonValue>(
  bindings: Bindings,
  { json, values }: Described & { readonly json: Json },
): readonly [Bindings, Json] {
  const names = [...expressionsIn(json)].map(use => use.json.pipeline)
  const read = new Set(names.filter((name): name is string => typeof name === 'string' && Object.hasOwn(values, name)))
  const others = Object.fromEntries(Object.entries(values).filter(([name]) => !read.has(name)))
  let bound = mergeBindings(bindings, { ...noBindings, values: others })
  const renames: Record<string, string> = {}
  for (const name of read) {
    const pipeline = values[name] as { readonly name: string }
    const [more, own] = bind(bound, 'pipelines', pipeline.name, pipeline)
    bound = more
    renames[name] = own
  }
  return [bound, read.size === 0 ? json : (withPipelines(json, renames) as Json)]
}

function withPipelines(value: JsonValue, names: Readonly<Record<string, string>>): JsonValue {
  if (Array.isArray(value)) return value.map(item => withPipelines(item, names))
  if (!isPlainObject(value)) return value
  const isExpression = letterOf(value) !== undefined
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isExpression && key === 'pipeline' ? (names[String(item)] ?? item) : withPipelines(item as JsonValue, names),
    ]),
  )
}
