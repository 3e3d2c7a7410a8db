/** What is fetched from models: a slip in a pipeline that runs last must not be found after an hour of training. */
import { MillraceError } from '../../errors/index.js'
import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import type { PipelineSpec } from '../../pipeline/description/content/pipeline-spec.js'
import { actionsOf, type PlacedAction, placeOf, type SourceMap } from '../../pipeline/description/content/visit-actions.js'
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
      const { name, args } = action
      if ((name !== 'predictModel' && name !== 'trainModel') || args.fetches === undefined) return []
      const model = args.name as string
      const allowed = fetchNames(spec, pipeline, model, modelClass)
      const unknown = [args.fetches].flat().filter(seen => allowed !== undefined && typeof seen === 'string' && !allowed.includes(seen))
      const place = placeOf(pipeline, action, sources(pipeline))
      return unknown.map(seen => new MillraceError('unknown-fetch', { model, seen: seen as string, allowed: allowed! }, place))
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
    const declaring: readonly PlacedAction[] = described ? [...actionsOf(described)] : []
    const last = declaring.findLast(({ name, args }) => args.name === model && (name === 'initModel' || name === 'importModel'))
    if (last?.name === 'initModel') return describe(modelClass(at, last.args.modelClass as string), (last.args.config ?? {}) as JsonObject)
    at = last?.args.from as string | undefined
  }
  return undefined
}

function describe(modelClass: unknown, config: JsonObject): readonly string[] | undefined {
  try {
    return (modelClass as Describing | undefined)?.describe?.(config).fetchNames
  } catch {
    // A config that is wrong is told elsewhere; one that reads the batch cannot be known before there is one.
    return undefined
  }
}
