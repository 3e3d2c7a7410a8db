/** What is fetched from models: a slip in a pipeline that runs last must not be found after an hour of training. */
import { MillraceError, type SourcePlace } from '../errors/index.js'
import type { ExperimentSpec } from '../pipeline/spec/experiment-spec.js'
import { actionParts } from '../pipeline/spec/pipeline-spec.js'
import type { JsonObject } from '../util/json.js'

/** A model class that can tell the names a config gives without building it, as those of the zoo can. */
interface Describing {
  describe?(config: JsonObject): { readonly fetchNames: readonly string[] }
}

/** Where things are that the spec only names. */
export interface FetchScope {
  /** The class that a pipeline's spec calls by a name. */
  readonly modelClass: (pipeline: string, name: string) => unknown
  readonly source: (pipeline: string, action: number) => SourcePlace | undefined
}

/** Every fetch of a name that its model does not have. Models that cannot tell their names beforehand are left for the run. */
export function checkFetches(spec: ExperimentSpec, { modelClass, source }: FetchScope): readonly MillraceError[] {
  return Object.entries(spec.pipelines).flatMap(([pipeline, { actions }]) =>
    actions.map(actionParts).flatMap(([action, args], index) => {
      if ((action !== 'predictModel' && action !== 'trainModel') || args.fetches === undefined) return []
      const model = args.name as string
      const allowed = fetchNames(spec, pipeline, model, modelClass)
      const unknown = [args.fetches].flat().filter(seen => allowed !== undefined && typeof seen === 'string' && !allowed.includes(seen))
      const place = { pipeline, action: { number: index + 1, name: action }, source: source(pipeline, index) }
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
    const declaring: readonly (readonly [string, JsonObject])[] = (spec.pipelines[at]?.actions ?? []).map(actionParts)
    const [name, args] = declaring.findLast(([name, args]) => args.name === model && (name === 'initModel' || name === 'importModel')) ?? []
    if (name === 'initModel') return describe(modelClass(at, args!.modelClass as string), (args!.config ?? {}) as JsonObject)
    at = args?.from as string | undefined
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
