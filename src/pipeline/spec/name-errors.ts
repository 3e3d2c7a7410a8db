/** Problems of names as errors that know their place. */
import { type DetailsOf, type ErrorCode, MillraceError, type SourcePlace } from '../../errors/index.js'
import { checkPipelineNames, type NameScope } from './check-names.js'
import type { SourceDataset } from './contracts.js'
import { actionParts, type PipelineSpec } from './pipeline-spec.js'

/** The names a dataset brings to a pipeline over it; nothing is known without one. */
export function datasetScope(dataset: SourceDataset | undefined): Pick<NameScope, 'components' | 'batchActions' | 'attributes'> {
  if (dataset === undefined) return {}
  const { batchClass, attributes } = dataset
  return { components: batchClass.components, batchActions: Object.keys(batchClass.actions), attributes: Object.keys(attributes) }
}

/** Every problem of the names in a pipeline: an error with the pipeline, the action and, from `sourceOf`, the line that wrote it. */
export function nameErrors(
  pipeline: string,
  spec: PipelineSpec,
  scope: NameScope,
  sourceOf: (action: number) => SourcePlace | undefined,
): readonly MillraceError[] {
  return checkPipelineNames(spec, scope).map(({ path, code, details }) => {
    const index = path[0] === 'actions' ? (path[1] as number) : undefined
    const action = index === undefined ? undefined : spec.actions[index]
    const source = index === undefined ? undefined : sourceOf(index)
    const place = {
      pipeline,
      ...(action ? { action: { number: index! + 1, name: actionParts(action)[0] } } : {}),
      ...(source ? { source } : {}),
    }
    return new MillraceError<ErrorCode>(code, details as DetailsOf<ErrorCode>, place)
  })
}
