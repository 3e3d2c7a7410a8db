/** Edits of a spec: each gives a new frozen one. The only home of immer. */
import { produce } from 'immer'
import { clonePlain, deepFreeze, type JsonObject } from '../../util/json.js'
import type { ActionArgs } from './action-row.js'
import type { PipelineSpec } from './pipeline-spec.js'

/** The spec of a pipeline without actions. */
export function emptySpec(dataset?: string): PipelineSpec {
  return deepFreeze(dataset === undefined ? { config: {}, actions: [] } : { dataset, config: {}, actions: [] })
}

export function appendAction(spec: PipelineSpec, name: string, args: ActionArgs): PipelineSpec {
  return produce(spec, draft => {
    draft.actions.push({ [name]: clonePlain(args) as Record<string, never> })
  })
}

/** The config with these entries put over its own. */
export function withConfig(spec: PipelineSpec, config: JsonObject): PipelineSpec {
  return produce(spec, draft => {
    Object.assign(draft.config, clonePlain(config))
  })
}

export function withDataset(spec: PipelineSpec, dataset: string): PipelineSpec {
  return produce(spec, draft => {
    draft.dataset = dataset
  })
}
