/** The models that a pipeline builds, and what is known of them before it runs: `C` is read where the pipeline's config has its value. */
import { isPlainObject, type JsonObject, type JsonValue } from '../../../util/json.js'
import type { ModelBuild } from '../action-row.js'
import { isExpressionJson } from '../expressions/expression-json.js'
import { liveNameOf } from '../expressions/operations.js'
import type { Bindings } from './bindings.js'
import type { PipelineSpec } from './pipeline-spec.js'
import { type Path, placeOf, seeThrough } from './see-through.js'
import { modelBuilds, type PlacedAction } from './visit-actions.js'

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
      placeOf: path => placeOf(written, at, path, spec),
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
