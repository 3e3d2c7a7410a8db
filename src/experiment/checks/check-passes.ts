/** Checks what is fed to models and fetched from them: a typo in a pipeline that runs last must not surface after an hour of training. */
import type { FeedProblem, KnownData, ModelClass } from '../../contracts/models.js'
import { MillraceError } from '../../errors/index.js'
import type { ModelPass, WeightMatch } from '../../pipeline/description/action-row.js'
import { type ComponentScope, KnownComponents } from '../../pipeline/description/checks/known-components.js'
import { feedShapes, knownData } from '../../pipeline/description/checks/known-data.js'
import type { ItemShape } from '../../pipeline/description/component-facts.js'
import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import type { PipelineSpec } from '../../pipeline/description/content/pipeline-spec.js'
import { type PlannedModel, plannedModels } from '../../pipeline/description/content/planned-models.js'
import { seenActionsOf } from '../../pipeline/description/content/see-through.js'
import { actionsOf, declaredBy, locationOf, rowOf, type SourceMap } from '../../pipeline/description/content/visit-actions.js'
import type { JsonObject } from '../../util/json.js'
import { selectPaths } from '../../util/path-patterns.js'

/** What a model class that knows a config's names without building the model says of it, as those of the zoo do. */
interface Described {
  readonly fetchNames: readonly string[]
  readonly layers?: readonly { readonly path: string; readonly weights: readonly { readonly name: string }[] }[]
  /** What else a training step can be asked for. */
  readonly trainingFetchNames?: readonly string[]
  findFeedProblem?(shapes: Readonly<Record<string, ItemShape | undefined>>, needsTarget: boolean): FeedProblem | undefined
}

interface Describing extends Pick<ModelClass, 'leavesOpen' | 'withData'> {
  describe?(config: Readonly<Record<string, unknown>>): Described
}

/** The things that the spec only names. */
export interface PassScope {
  /** The class of a model that a pipeline builds. */
  readonly modelClass: (pipeline: string, model: PlannedModel) => unknown
  readonly sources: (pipeline: string) => SourceMap | undefined
  /** What is known of a pipeline's batches. */
  readonly components: (pipeline: string) => ComponentScope
}

/**
 * Every fetch of a name that its model does not have, every feed of an input that it does not have, every input that is not fed, and every
 * pattern that matches none of its weights. Models that do not know their names beforehand are checked in the run.
 */
export function checkPasses(spec: ExperimentSpec, { modelClass, sources, components }: PassScope): readonly MillraceError[] {
  return Object.entries(spec.pipelines).flatMap(([pipeline, described]) => {
    const known = new KnownComponents(components(pipeline))
    return [...actionsOf(described)].flatMap((action): MillraceError[] => {
      const pass = rowOf(action.name)?.passes?.(action.args)
      const shapes = pass && feedShapes(pass.feed, known)
      known.pass(action)
      const matched = rowOf(action.name)?.matches?.(action.args)
      const name = (pass ?? matched)?.model
      const model = name === undefined ? undefined : describedModel(spec, pipeline, name, { modelClass, components })
      if (!model) return []
      const location = locationOf(pipeline, action, sources(pipeline))
      if (matched) return weightErrors(matched, model, location) as MillraceError[]
      if (!pass || !shapes) return []
      return [...fetchErrors(pass, model, location), ...feedErrors(pass, shapes, model, location)] as MillraceError[]
    })
  })
}

function fetchErrors(
  { model, fetches, trains }: ModelPass,
  { fetchNames, trainingFetchNames = [] }: Described,
  location: MillraceError['location'],
): readonly unknown[] {
  const allowed = trains ? [...fetchNames, ...trainingFetchNames] : fetchNames
  const ofTraining = fetches.filter(seen => !trains && trainingFetchNames.includes(seen))
  const unknown = fetches.filter(seen => typeof seen === 'string' && !allowed.includes(seen) && !ofTraining.includes(seen))
  return [
    ...ofTraining.map(seen => new MillraceError('fetch-of-training', { model, seen }, location)),
    ...unknown.map(seen => new MillraceError('unknown-fetch', { model, seen, allowed }, location)),
  ]
}

/** Patterns that match no weight. */
function weightErrors({ model, match }: WeightMatch, { layers }: Described, location: MillraceError['location']) {
  if (!layers) return []
  const allowed = layers.flatMap(({ path, weights }) => weights.map(({ name }) => `${path}/${name}`))
  const { idle } = selectPaths(match, allowed)
  return idle.map(seen => new MillraceError('unknown-weight', { model, seen, allowed }, location) as unknown)
}

function feedErrors(
  { model, fetches, feed, trains }: ModelPass,
  shapes: Readonly<Record<string, ItemShape | undefined>>,
  described: Described,
  location: MillraceError['location'],
) {
  const needsTarget = trains || fetches.includes('loss') || fetches.includes('accuracy')
  const problem = described.findFeedProblem?.(shapes, needsTarget)
  if (!problem) return []
  if ('misfit' in problem) {
    return [new MillraceError('feed-shape', { model, input: problem.misfit, seen: problem.seen, expected: problem.expected }, location)]
  }
  if ('seen' in problem) return [new MillraceError('unknown-feed', { model, ...problem }, location)]
  return [
    new MillraceError('missing-feed', { model, input: problem.missing, expected: problem.expected, fed: Object.keys(feed) }, location),
  ]
}

/** What is known of a model, found where it is initialised; undefined if nothing is yet. */
function describedModel(
  spec: ExperimentSpec,
  pipeline: string,
  model: string,
  { modelClass, components }: Pick<PassScope, 'modelClass' | 'components'>,
): Described | undefined {
  const seen = new Set<string>()
  for (let at: string | undefined = pipeline; at !== undefined && !seen.has(at); ) {
    seen.add(at)
    const described: PipelineSpec | undefined = spec.pipelines[at]
    const { planned, from }: Declaring = described ? (declaringOf(described, model) ?? {}) : {}
    if (planned?.config) {
      const data = planned.build.mode === 'dynamic' ? knownData(described!, model, components(at)) : undefined
      return describe(modelClass(at, planned), planned.config, data)
    }
    if (planned) return undefined
    at = from
  }
  return undefined
}

/** Where a pipeline's model comes from: built by itself, or imported from another. */
interface Declaring {
  readonly planned?: PlannedModel | undefined
  readonly from?: string | undefined
}

/** The last declaration of a model; undefined if there is none, or the model may be loaded from a folder. */
function declaringOf(spec: PipelineSpec, model: string): Declaring | undefined {
  const all = [...plannedModels(spec)]
  const declaring = [...seenActionsOf(spec)].flatMap((action): Declaring[] => {
    const declared = declaredBy(action).find(({ kind, name }) => kind === 'model' && name === model)
    const from = typeof declared?.from === 'string' ? declared.from : undefined
    return declared ? [{ planned: all.find(one => `${one.action.path}` === `${action.path}`), from }] : []
  })
  // One that is loaded has the inputs of the model in the folder; of one from an unknown pipeline nothing is known.
  return declaring.every(({ planned, from }) => planned ?? from) ? declaring.at(-1) : undefined
}

function describe(modelClass: unknown, config: JsonObject, data: KnownData | undefined): Described | undefined {
  try {
    const describing = modelClass as Describing | undefined
    const isOpen = data !== undefined && describing?.leavesOpen?.(config)
    return describing?.describe?.(isOpen ? describing.withData!(config, data) : config)
  } catch {
    // An invalid config is reported elsewhere; one that reads the batch is unknown before there is one.
    return undefined
  }
}
