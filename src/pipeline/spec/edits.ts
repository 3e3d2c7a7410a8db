/** Edits of a spec: each gives a new frozen one. The only home of immer. */
import { produce } from 'immer'
import { clonePlain, deepFreeze, type JsonObject, type JsonValue } from '../../util/json.js'
import type { ActionArgs } from './action-row.js'
import { actionParts, type PipelineSpec } from './pipeline-spec.js'

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

/** The spec with another name for a pipeline that models are imported from. */
export function renamePipeline(spec: PipelineSpec, from: string, to: string): PipelineSpec {
  return produce(spec, draft => {
    for (const [i, action] of spec.actions.entries()) {
      const [name, args] = actionParts(action)
      if (name === 'importModel' && args.from === from) (draft.actions[i] as any).importModel.from = to satisfies JsonValue
    }
  })
}
