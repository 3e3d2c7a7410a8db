/** Checks what is fed to models and fetched from them: a typo in a pipeline that runs last must not surface after an hour of training. */
import type { FeedProblem } from '../../contracts/models.js'
import { MillraceError } from '../../errors/index.js'
import type { ModelBuild, ModelPass } from '../../pipeline/description/action-row.js'
import { type ComponentScope, KnownComponents } from '../../pipeline/description/checks/known-components.js'
import type { ItemShape } from '../../pipeline/description/component-facts.js'
import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import type { PipelineSpec } from '../../pipeline/description/content/pipeline-spec.js'
import { actionsOf, declaredBy, locationOf, rowOf, type SourceMap } from '../../pipeline/description/content/visit-actions.js'
import { letterOf } from '../../pipeline/description/expressions/expression-json.js'
import { letterRow } from '../../pipeline/description/expressions/letters.js'
import type { JsonObject, JsonValue } from '../../util/json.js'

/** What a model class that knows a config's names without building the model says of it, as those of the zoo do. */
interface Described {
  readonly fetchNames: readonly string[]
  findFeedProblem?(shapes: Readonly<Record<string, ItemShape | undefined>>, needsTarget: boolean): FeedProblem | undefined
}

interface Describing {
  describe?(config: JsonObject): Described
}

/** The things that the spec only names. */
export interface PassScope {
  /** The class that a pipeline's spec names. */
  readonly modelClass: (pipeline: string, name: string) => unknown
  readonly sources: (pipeline: string) => SourceMap | undefined
  /** What is known of a pipeline's batches. */
  readonly components: (pipeline: string) => ComponentScope
}

/**
 * Every fetch of a name that its model does not have, every feed of an input that it does not have, and every input that is not fed. Models
 * that do not know their names beforehand are checked in the run.
 */
export function checkPasses(spec: ExperimentSpec, { modelClass, sources, components }: PassScope): readonly MillraceError[] {
  return Object.entries(spec.pipelines).flatMap(([pipeline, described]) => {
    const known = new KnownComponents(components(pipeline))
    return [...actionsOf(described)].flatMap((action): MillraceError[] => {
      const pass = rowOf(action.name)?.passes?.(action.args)
      const shapes = pass && mapValues(pass.feed, value => shapeOf(value, known))
      known.pass(action)
      const model = pass && describedModel(spec, pipeline, pass.model, modelClass)
      if (!pass || !shapes || !model) return []
      const location = locationOf(pipeline, action, sources(pipeline))
      return [...fetchErrors(pass, model, location), ...feedErrors(pass, shapes, model, location)] as MillraceError[]
    })
  })
}

function fetchErrors({ model, fetches }: ModelPass, { fetchNames: allowed }: Described, location: MillraceError['location']) {
  const unknown = fetches.filter(seen => typeof seen === 'string' && !allowed.includes(seen))
  return unknown.map(seen => new MillraceError('unknown-fetch', { model, seen, allowed }, location) as unknown)
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

/** The shape of the items that an expression feeds; undefined unless it is a component whose shape is certain. */
function shapeOf(value: JsonValue, known: KnownComponents): ItemShape | undefined {
  const letter = letterOf(value)
  const name = letter && letterRow(letter).names === 'component' ? (value as JsonObject)[letter] : undefined
  return typeof name === 'string' ? known.shapeOf(name) : undefined
}

const mapValues = <Value, Result>(map: Readonly<Record<string, Value>>, change: (value: Value) => Result) =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]))

/** What is known of a model, found where it is initialised; undefined if nothing is yet. */
function describedModel(spec: ExperimentSpec, pipeline: string, model: string, modelClass: PassScope['modelClass']): Described | undefined {
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

/** The last declaration of a model; undefined if there is none, or the model may be loaded from a folder. */
function declaringOf(spec: PipelineSpec, model: string): Declaring | undefined {
  const declaring = [...actionsOf(spec)].flatMap((action): Declaring[] => {
    const declared = declaredBy(action).find(({ kind, name }) => kind === 'model' && name === model)
    return declared ? [{ build: rowOf(action.name)?.builds?.(action.args), from: declared.from }] : []
  })
  // One that is loaded has the inputs of the model in the folder.
  return declaring.every(({ build, from }) => build ?? from) ? declaring.at(-1) : undefined
}

function describe(modelClass: unknown, config: JsonObject): Described | undefined {
  try {
    return (modelClass as Describing | undefined)?.describe?.(config)
  } catch {
    // An invalid config is reported elsewhere; one that reads the batch is unknown before there is one.
    return undefined
  }
}
