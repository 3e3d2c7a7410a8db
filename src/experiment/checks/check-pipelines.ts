/** The names inside pipelines, before the first batch of any of them. */
import type { MillraceError } from '../../errors/index.js'
import { declaredModels } from '../../pipeline/description/checks/check-names.js'
import { datasetScope, nameErrors } from '../../pipeline/description/checks/name-errors.js'
import type { Experiment } from '../experiment.js'

/** Every problem of the names pipelines use. A pipeline that only runs at the end is checked with the others. */
export function checkPipelines({ spec, pipelines }: Experiment): readonly MillraceError[] {
  const models = Object.fromEntries(
    Object.entries(spec.pipelines).map(([name, described]) => [name, [...declaredModels(described).keys()]]),
  )
  return Object.entries(spec.pipelines).flatMap(([name, described]) => {
    const { bindings } = pipelines[name]!
    const scope = {
      ...datasetScope(described.dataset === undefined ? undefined : bindings.datasets[described.dataset]),
      modelClasses: Object.keys(bindings.models),
      pipelines: models,
    }
    return nameErrors(name, described, scope, bindings.sources)
  })
}
