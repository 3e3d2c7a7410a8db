/** The models that a pipeline builds, and what is known of them before it runs: `C` is read where the pipeline's config has its value. */
import { isPlainObject, type JsonObject, type JsonValue } from '../../../util/json.js'
import type { ModelBuild } from '../action-row.js'
import { savesToConfig } from '../expressions/destinations.js'
import { isExpressionJson, letterOf } from '../expressions/expression-json.js'
import { letterRow } from '../expressions/letters.js'
import { liveNameOf } from '../expressions/operations.js'
import type { Bindings } from './bindings.js'
import type { PipelineSpec } from './pipeline-spec.js'
import { openConfig, readStored } from './stored-config.js'
import { modelBuilds, type PlacedAction } from './visit-actions.js'

type Path = readonly (string | number)[]

/** The keys under which a config names the class of its model; the second is that of BatchFlow's PyTorch version. */
export const classKeys: readonly string[] = ['model', 'model_class']

export interface PlannedModel {
  readonly action: PlacedAction
  readonly build: ModelBuild
  /** The class that the config names, with the key: a name, or the description of a live thing or an expression. */
  readonly classInConfig: readonly [key: string, value: JsonValue] | undefined
  /** The config without the class; undefined if it is known only when the model is built. */
  readonly config: JsonObject | undefined
  /** Keys from the pipeline's description to where a part of the config is written; for what is absent, to the part that lacks it. */
  readonly placeOf: (path: Path) => Path
}

/** The models that a pipeline builds. */
export function* plannedModels(spec: PipelineSpec): Generator<PlannedModel> {
  for (const { action, build } of modelBuilds(spec)) {
    const written = build.config as JsonValue
    const seen = seeThrough(written, spec)
    const config = isPlainObject(seen) && !isExpressionJson(seen) ? (seen as JsonObject) : undefined
    const at = [...action.path, action.name, build.configKey]
    yield {
      action,
      build,
      ...(config ? splitClass(config) : { classInConfig: undefined, config: undefined }),
      placeOf: path => placeOf(written, at, path, spec).place,
    }
  }
}

/** A config without its class, and the class. */
export function splitClass<Value>(config: Readonly<Record<string, Value>>): {
  readonly classInConfig: readonly [key: string, value: Value] | undefined
  readonly config: Readonly<Record<string, Value>>
} {
  const key = classKeys.find(name => config[name] !== undefined && config[name] !== null)
  const others = Object.fromEntries(Object.entries(config).filter(([name]) => !classKeys.includes(name)))
  return { classInConfig: key === undefined ? undefined : [key, config[key]!], config: others }
}

/** The class of a model, if its description or its bindings have it. `named` are classes that a config may name without binding them. */
export function plannedClass(
  { build, classInConfig }: Pick<PlannedModel, 'build' | 'classInConfig'>,
  { models, values }: Pick<Bindings, 'models' | 'values'>,
): unknown {
  const [, value] = classInConfig ?? []
  const name = build.modelClass ?? (typeof value === 'string' ? value : undefined)
  if (name !== undefined) return Object.hasOwn(models, name) ? models[name] : undefined
  const live = liveNameOf(value)
  return live === undefined ? undefined : values[live]
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
function seeThrough(value: JsonValue, spec: PipelineSpec, open: readonly string[] = []): JsonValue {
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

function placeOf(value: JsonValue | undefined, at: Path, path: Path, spec: PipelineSpec, open: readonly string[] = []): Found {
  const through = value === undefined ? undefined : configPathOf(value, spec)
  if (through !== undefined && !open.includes(through)) {
    const above = stepsOf(through)
    const { place, steps } = placeOf(spec.config, ['config'], [...above, ...path], spec, [...open, through])
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
    const { place, steps } = placeOf(entries[key], below, wanted.slice(own.length), spec, open)
    return [{ place, steps: Math.min(own.length, wanted.length) + steps }]
  })
  return found.reduce((best, one) => (one.steps > best.steps ? one : best), { place: at, steps: 0 })
}

const stepsOf = (key: string | number) => `${key}`.split('/').filter(step => step !== '')
