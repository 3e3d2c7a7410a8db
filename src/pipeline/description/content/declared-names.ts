/** What the actions of a pipeline declare. */
import type { NameKind } from '../action-row.js'
import type { PipelineSpec } from './pipeline-spec.js'
import { seenActionsOf } from './see-through.js'
import { actionsOf, declaredBy } from './visit-actions.js'

/** The models a pipeline declares, with the pipeline each is imported from, if it is and that is known. */
export function declaredModels(spec: PipelineSpec): ReadonlyMap<string, string | undefined> {
  const models = new Map<string, string | undefined>()
  for (const action of seenActionsOf(spec)) {
    for (const { kind, name, from } of declaredBy(action)) {
      if (kind === 'model' && typeof name === 'string') models.set(name, typeof from === 'string' ? from : undefined)
    }
  }
  return models
}

/** The names of a kind that a pipeline declares. */
export function declaredNames(spec: PipelineSpec, kind: NameKind): readonly string[] {
  const declared = [...actionsOf(spec)].flatMap(declaredBy)
  return declared.filter(use => use.kind === kind).map(({ name }) => name)
}
