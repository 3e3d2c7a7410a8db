/** What the actions of a pipeline declare. */
import type { NameKind } from '../action-row.js'
import type { PipelineSpec } from './pipeline-spec.js'
import { actionsOf, declaredBy } from './visit-actions.js'

/** The models a pipeline declares, with the pipeline each is imported from, if it is. */
export function declaredModels(spec: PipelineSpec): ReadonlyMap<string, string | undefined> {
  const models = new Map<string, string | undefined>()
  for (const action of actionsOf(spec)) {
    for (const { kind, name, from } of declaredBy(action)) {
      if (kind === 'model' && typeof name === 'string') models.set(name, from === undefined ? undefined : `${from}`)
    }
  }
  return models
}

/** The names of a kind that a pipeline declares. */
export function declaredNames(spec: PipelineSpec, kind: NameKind): readonly string[] {
  const declared = [...actionsOf(spec)].flatMap(declaredBy)
  return declared.filter(use => use.kind === kind).map(({ name }) => name)
}
