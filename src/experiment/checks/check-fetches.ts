/** What is fetched from models: a slip in a pipeline that runs last must not be found after an hour of training. */
import { MillraceError } from '../../errors/index.js'
import type { ModelBuild } from '../../pipeline/description/action-row.js'
import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import type { PipelineSpec } from '../../pipeline/description/content/pipeline-spec.js'
import { actionsOf, declaredBy, placeOf, rowOf, type SourceMap } from '../../pipeline/description/content/visit-actions.js'
import type { JsonObject } from '../../util/json.js'

/** A model class that can tell the names a config gives without building it, as those of the zoo can. */
interface Describing {
  describe?(config: JsonObject): { readonly fetchNames: readonly string[] }
}

/** Where things are that the spec only names. */
export interface FetchScope {
  /** The class that a pipeline's spec calls by a name. */
  readonly modelClass: (pipeline: string, name: string) => unknown
  readonly sources: (pipeline: string) => SourceMap | undefined
}

/** Every fetch of a name that its model does not have. Models that cannot tell their names beforehand are left for the run. */
export function checkFetches(spec: ExperimentSpec, { modelClass, sources }: FetchScope): readonly MillraceError[] {
  return Object.entries(spec.pipelines).flatMap(([pipeline, described]) =>
    [...actionsOf(described)].flatMap(action => {
      const { model, names = [] } = rowOf(action.name)?.fetches?.(action.args) ?? {}
      if (model === undefined || names.length === 0) return []
      const allowed = fetchNames(spec, pipeline, model, modelClass)
      const unknown = names.filter(seen => allowed !== undefined && typeof seen === 'string' && !allowed.includes(seen))
      const place = placeOf(pipeline, action, sources(pipeline))
      return unknown.map(seen => new MillraceError('unknown-fetch', { model, seen, allowed: allowed! }, place))
    }),
  ) as readonly MillraceError[]
}

/** The names of a model, found where it is initialised; undefined where they cannot be known yet. */
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

/** How a pipeline came to a model: built by itself, or taken from another one. */
interface Declaring {
  readonly build?: ModelBuild | undefined
  readonly from?: string | undefined
}

/** The last declaration of a model; undefined where there is none. */
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
    // A config that is wrong is told elsewhere; one that reads the batch cannot be known before there is one.
    return undefined
  }
}
