/** The names inside pipelines, before the first batch of any of them. */
import { type DetailsOf, type ErrorCode, MillraceError } from '../errors/index.js'
import { checkPipelineNames, declaredModels } from '../pipeline/spec/check-names.js'
import { actionParts } from '../pipeline/spec/pipeline-spec.js'
import type { Experiment } from './experiment.js'

/** Every problem of the names pipelines use. A pipeline that only runs at the end is checked with the others. */
export function checkPipelines({ spec, pipelines, sources }: Experiment): readonly MillraceError[] {
  const models = Object.fromEntries(
    Object.entries(spec.pipelines).map(([name, { actions }]) => [name, [...declaredModels(actions).keys()]]),
  )
  return Object.entries(spec.pipelines).flatMap(([name, described]) => {
    const { bindings } = pipelines[name]!
    const dataset = described.dataset === undefined ? undefined : bindings.datasets[described.dataset]
    const scope = {
      modelClasses: Object.keys(bindings.models),
      pipelines: models,
      ...(dataset ? { components: dataset.batchClass.components, batchActions: Object.keys(dataset.batchClass.actions) } : {}),
    }
    return checkPipelineNames(described, scope).map(({ path, code, details }) => {
      const index = path[1] as number
      const action = described.actions[index]
      const source = sources?.[name]?.[index] ?? bindings.sources[index]
      const place = {
        pipeline: name,
        ...(action ? { action: { number: index + 1, name: actionParts(action)[0] } } : {}),
        ...(source ? { source } : {}),
      }
      return new MillraceError<ErrorCode>(code, details as DetailsOf<ErrorCode>, place)
    })
  })
}
