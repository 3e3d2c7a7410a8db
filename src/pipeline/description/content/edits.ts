/** Edits of a spec: each returns a new frozen one. The one that reaches deep into it is a recipe of immer, which only this file uses. */
import { produce } from 'immer'
import { clonePlain, deepFreeze, type JsonObject, type JsonValue } from '../../../util/json.js'
import type { ActionArgs, NameUse } from '../action-row.js'
import { letterOf } from '../expressions/expression-json.js'
import type { ActionSpec, PipelineSpec, Section } from './pipeline-spec.js'
import { mergeConfigs } from './stored-config.js'
import { actionsOf, ownArguments, rowOf } from './visit-actions.js'

/** The spec of a pipeline without actions. */
export function emptySpec(dataset?: string): PipelineSpec {
  return deepFreeze(dataset === undefined ? { config: {}, actions: [] } : { dataset, config: {}, actions: [] })
}

export function appendAction(spec: PipelineSpec, name: string, args: ActionArgs): PipelineSpec {
  return appendActions(spec, 'actions', [{ [name]: clonePlain(args) as ActionArgs }])
}

/** Appends actions to a list. */
export function appendActions(spec: PipelineSpec, section: Section, actions: readonly ActionSpec[]): PipelineSpec {
  return actions.length === 0 ? spec : deepFreeze({ ...spec, [section]: [...(spec[section] ?? []), ...actions] })
}

/** Merges entries into its config. */
export function withConfig(spec: PipelineSpec, config: JsonObject): PipelineSpec {
  return deepFreeze({ ...spec, config: clonePlain(mergeConfigs(spec.config, config)) })
}

/** Sets its dataset, by name or as an expression. */
export function withDataset(spec: PipelineSpec, dataset: { readonly name: string } | { readonly from: JsonValue }): PipelineSpec {
  const { dataset: _, datasetFrom: __, ...others } = spec
  return deepFreeze('name' in dataset ? { ...others, dataset: dataset.name } : { ...others, datasetFrom: dataset.from })
}

/** Merges options of a run into its own. */
export function withBatch(spec: PipelineSpec, batch: JsonObject): PipelineSpec {
  return deepFreeze({ ...spec, batch: { ...spec.batch, ...clonePlain(batch) } })
}

/** New names for live things, by kind. */
export type Renames = { readonly [Kind in NameUse['kind']]?: Readonly<Record<string, string>> }

/** Replaces names of live things wherever an action or an expression uses them. */
export function renamed(spec: PipelineSpec, renames: Renames): PipelineSpec {
  if (Object.values(renames).every(names => Object.keys(names).length === 0)) return spec
  return produce(spec, draft => {
    for (const { name, args } of actionsOf(draft as PipelineSpec)) {
      for (const { kind, name: used, path } of rowOf(name)?.uses?.(args) ?? []) {
        const other = renames[kind]?.[used]
        if (other !== undefined) setAt(args, path, other)
      }
      renameInExpressions(ownArguments(name, args), renames.pipeline ?? {})
    }
    renameInExpressions([draft.config, draft.batch, draft.datasetFrom], renames.pipeline ?? {})
  })
}

/** Expressions refer to a pipeline under one key: `{ V: 'loss', pipeline: 'train' }`. */
function renameInExpressions(value: unknown, names: Readonly<Record<string, string>>): void {
  if (typeof value !== 'object' || value === null) return
  const { pipeline } = value as { pipeline?: unknown }
  if (letterOf(value) && typeof pipeline === 'string' && names[pipeline] !== undefined) setAt(value, ['pipeline'], names[pipeline])
  for (const item of Object.values(value)) renameInExpressions(item, names)
}

function setAt(value: object, path: readonly (string | number)[], replacement: JsonValue): void {
  const holder = path.slice(0, -1).reduce<Record<string | number, unknown>>((at, key) => at[key] as Record<string, unknown>, value as never)
  holder[path.at(-1)!] = replacement
}
