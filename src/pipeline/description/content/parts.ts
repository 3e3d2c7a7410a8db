/** A pipeline as a part of another: after it, or inside one of its actions. */
import { type Bindings, bind, mergeBindings } from './bindings.js'
import { appendActions, type Renames, renamed, withBatch, withConfig, withDataset } from './edits.js'
import type { ActionSpec, PipelineSpec } from './pipeline-spec.js'
import { mergeConfigs } from './stored-config.js'
import { type ActionPath, moveSources } from './visit-actions.js'

/** A description and the live things it names. */
export interface Part {
  readonly spec: PipelineSpec
  readonly bindings: Bindings
}

/** Concatenates two pipelines: actions, before and after. The second's entries override config and batch. BatchFlow: `p + q`. */
export function concatenated(first: Part, second: Part): Part {
  const { spec, bindings } = adapted(second, first.bindings)
  const base = first.spec
  let joined = withConfig(base, spec.config)
  if (spec.batch) joined = withBatch(joined, spec.batch)
  const isBound = (one: PipelineSpec) => one.dataset !== undefined || one.datasetFrom !== undefined
  if (!isBound(base) && spec.dataset !== undefined) joined = withDataset(joined, { name: spec.dataset })
  if (!isBound(base) && spec.datasetFrom !== undefined) joined = withDataset(joined, { from: spec.datasetFrom })
  joined = withSurroundings(joined, spec)
  return {
    spec: appendActions(joined, 'actions', spec.actions),
    bindings: withSources(first, bindings, second, [['actions'], ['actions'], base.actions.length]),
  }
}

/**
 * The whole with what a block of it needs, and the block's actions with the names of the whole. `path` leads to where they will
 * stand, `shift` is the number of actions already there. The block's before and after actions move to the whole.
 */
export function enclosed(whole: Part, part: Part, path: ActionPath, shift = 0): Part & { readonly block: readonly ActionSpec[] } {
  const { spec, bindings } = adapted(part, whole.bindings)
  return {
    spec: withSurroundings(withConfig(whole.spec, mergeConfigs(spec.config, whole.spec.config)), spec),
    bindings: withSources(whole, bindings, part, [['actions'], path, shift]),
    block: spec.actions,
  }
}

/** Adds the before and after actions of a part. */
function withSurroundings(spec: PipelineSpec, part: PipelineSpec): PipelineSpec {
  return appendActions(appendActions(spec, 'before', part.before ?? []), 'after', part.after ?? [])
}

function withSources(
  whole: Part,
  bindings: Bindings,
  { bindings: { sources } }: Part,
  actions: readonly [from: ActionPath, to: ActionPath, shift: number],
): Bindings {
  const { before = [], after = [] } = whole.spec
  const moved = {
    ...moveSources(sources, ...actions),
    ...moveSources(sources, ['before'], ['before'], before.length),
    ...moveSources(sources, ['after'], ['after'], after.length),
  }
  return { ...bindings, sources: { ...whole.bindings.sources, ...moved } }
}

/** The part with the names of the whole: a thing whose name means another thing there is renamed. Its sources are omitted. */
export function adapted(part: Part, into: Bindings): Part {
  let bindings = into
  const changed = (kind: 'models' | 'pipelines') => {
    const names: Record<string, string> = {}
    for (const [wish, thing] of Object.entries(part.bindings[kind])) {
      const [more, name] = bind(bindings, kind, wish, thing)
      bindings = more
      if (name !== wish) names[wish] = name
    }
    return names
  }
  const renames: Renames = { 'model class': changed('models'), pipeline: changed('pipelines') }
  const own = { ...part.bindings, models: {}, pipelines: {}, sources: {} }
  return { spec: renamed(part.spec, renames), bindings: mergeBindings(bindings, own) }
}
