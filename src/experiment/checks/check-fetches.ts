/** Checks fetches from models: a typo in a pipeline that runs last must not surface after an hour of training. */
import { MillraceError } from '../../errors/index.js'
import type { ModelBuild } from '../../pipeline/description/action-row.js'
import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import type { PipelineSpec } from '../../pipeline/description/content/pipeline-spec.js'
import { actionsOf, declaredBy, locationOf, rowOf, type SourceMap } from '../../pipeline/description/content/visit-actions.js'
import type { JsonObject } from '../../util/json.js'

/** A model class that knows a config's names without building the model, as those of the zoo do. */
interface Describing {
  describe?(config: JsonObject): { readonly fetchNames: readonly string[] }
}

/** The things that the spec only names. */
export interface FetchScope {
  /** The class that a pipeline's spec names. */
  readonly modelClass: (pipeline: string, name: string) => unknown
  readonly sources: (pipeline: string) => SourceMap | undefined
}

/** Every fetch of a name that its model does not have. Models that do not know their names beforehand are checked in the run. */
export function checkFetches(spec: ExperimentSpec, { modelClass, sources }: FetchScope): readonly MillraceError[] {
  return Object.entries(spec.pipelines).flatMap(([pipeline, described]) =>
    [...actionsOf(described)].flatMap(action => {
      const { model, names = [] } = rowOf(action.name)?.fetches?.(action.args) ?? {}
      if (model === undefined || names.length === 0) return []
      const allowed = fetchNames(spec, pipeline, model, modelClass)
      const unknown = names.filter(seen => allowed !== undefined && typeof seen === 'string' && !allowed.includes(seen))
      const location = locationOf(pipeline, action, sources(pipeline))
      return unknown.map(seen => new MillraceError('unknown-fetch', { model, seen, allowed: allowed! }, location))
    }),
  ) as readonly MillraceError[]
}

/** The names of a model, found where it is initialised; undefined if they are not known yet. */
function fetchNames(
  spec: ExperimentSpec,
  pipeline: string,
  model: string,
  modelClass: FetchScope['modelClass'],
): readonly string[] | undefined {
  const seen = new Set<string>()
  for (let at: string | undefined = pipeline; at !== undefined && !seen.has(at); ) {
    seen.add(at)
    const described: PipelineSpec | undefined = spec.pipelines[at]
    const { build, from }: Declaring = described ? (declaringOf(described, model) ?? {}) : {}
    if (build) return describe(modelClass(at, build.modelClass), build.config)
    at = from
  }
  return undefined
}

/** Where a pipeline's model comes from: built by itself, or imported from another. */
interface Declaring {
  readonly build?: ModelBuild | undefined
  readonly from?: string | undefined
}

/** The last declaration of a model; undefined if there is none. */
function declaringOf(spec: PipelineSpec, model: string): Declaring | undefined {
  const declaring = [...actionsOf(spec)].flatMap((action): Declaring[] => {
    const declared = declaredBy(action).find(({ kind, name }) => kind === 'model' && name === model)
    return declared ? [{ build: rowOf(action.name)?.builds?.(action.args), from: declared.from }] : []
  })
  return declaring.filter(({ build, from }) => build ?? from).at(-1)
}

function describe(modelClass: unknown, config: JsonObject): readonly string[] | undefined {
  try {
    return (modelClass as Describing | undefined)?.describe?.(config).fetchNames
  } catch {
    // An invalid config is reported elsewhere; one that reads the batch is unknown before there is one.
    return undefined
  }
}
