/** Looks through `C` in a description, to what the pipeline's own config has there. */
import { isPlainObject, type JsonObject, type JsonValue } from '../../../util/json.js'
import type { ActionArgs } from '../action-row.js'
import { savesToConfig } from '../expressions/destinations.js'
import { isExpressionJson, letterOf } from '../expressions/expression-json.js'
import { letterRow } from '../expressions/letters.js'
import { liveNameOf } from '../expressions/operations.js'
import type { PipelineSpec } from './pipeline-spec.js'
import { openConfig, readStored } from './stored-config.js'
import { actionsOf, type PlacedAction, rowOf } from './visit-actions.js'

export type Path = readonly (string | number)[]

/** An action whose arguments of names are looked through, and where such an argument is written. */
export interface SeenAction extends PlacedAction {
  /** Its arguments as they are written. */
  readonly written: ActionArgs
  /** Keys from the pipeline's description to where the value at a path of the arguments is written. */
  readonly placeOf: (path: Path) => Path
}

/** The actions of a pipeline, in which each `C` in place of a name (`importModel: { from: !C source }`) is replaced by what it reads. */
export function* seenActionsOf(spec: PipelineSpec): Generator<SeenAction> {
  for (const action of actionsOf(spec)) {
    const { name, args, path } = action
    const at = [...path, name]
    const named = isPlainObject(args) ? (rowOf(name)?.evaluatedNames ?? []).filter(key => isExpressionJson(args[key])) : []
    if (named.length === 0) yield { ...action, written: args, placeOf: below => [...at, ...below] }
    else {
      const seen = Object.fromEntries(named.map(key => [key, seeThrough(args[key]!, spec)]))
      yield { ...action, written: args, args: { ...args, ...seen }, placeOf: below => placeOf(args, at, below, spec) }
    }
  }
}

/** The path of `C`, if the pipeline's own config has a value there that none of its actions changes. */
function configPathOf(value: JsonValue, spec: PipelineSpec): string | undefined {
  const letter = letterOf(value)
  if (letter === undefined || letterRow(letter).names !== 'config') return undefined
  const { [letter]: path, pipeline } = value as JsonObject
  if (typeof path !== 'string' || path === '' || pipeline !== undefined || savesToConfig(spec, path)) return undefined
  return openConfig(spec.config).has(path) ? path : undefined
}

/** A value in which each `C` that can be read is replaced by what it reads. `open` are those being replaced. */
export function seeThrough(value: JsonValue, spec: PipelineSpec, open: readonly string[] = []): JsonValue {
  const path = configPathOf(value, spec)
  if (path !== undefined && !open.includes(path)) {
    return seeThrough(readStored(openConfig(spec.config).get(path)) as JsonValue, spec, [...open, path])
  }
  if (isExpressionJson(value) || liveNameOf(value) !== undefined) return value
  if (Array.isArray(value)) return value.map(item => seeThrough(item, spec, open))
  return isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, seeThrough(item as JsonValue, spec, open)]))
    : value
}

/** A place, and how many steps of a path lead there. */
interface Found {
  readonly place: Path
  readonly steps: number
}

/** Keys from the description to where the part of a value at a path is written; for what is absent, to the part that lacks it. `at` leads to the value. */
export function placeOf(value: JsonValue | undefined, at: Path, path: Path, spec: PipelineSpec): Path {
  return find(value, at, path, spec).place
}

function find(value: JsonValue | undefined, at: Path, path: Path, spec: PipelineSpec, open: readonly string[] = []): Found {
  const through = value === undefined ? undefined : configPathOf(value, spec)
  if (through !== undefined && !open.includes(through)) {
    const above = stepsOf(through)
    const { place, steps } = find(spec.config, ['config'], [...above, ...path], spec, [...open, through])
    return { place, steps: steps - above.length }
  }
  if (path.length === 0 || (!isPlainObject(value) && !Array.isArray(value)) || isExpressionJson(value)) return { place: at, steps: 0 }
  // Keys of a config may be paths: the one that leads furthest is meant.
  const entries = value as unknown as Readonly<Record<string, JsonValue>>
  const wanted = path.flatMap(stepsOf)
  const found = Object.keys(entries).flatMap((key): Found[] => {
    const own = stepsOf(key)
    if (own.slice(0, wanted.length).some((step, i) => step !== wanted[i])) return []
    const below = [...at, Array.isArray(value) ? Number(key) : key]
    const { place, steps } = find(entries[key], below, wanted.slice(own.length), spec, open)
    return [{ place, steps: Math.min(own.length, wanted.length) + steps }]
  })
  return found.reduce((best, one) => (one.steps > best.steps ? one : best), { place: at, steps: 0 })
}

const stepsOf = (key: string | number) => `${key}`.split('/').filter(step => step !== '')
