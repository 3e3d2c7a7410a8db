/** Problems of names as errors that know their place. */
import { type DetailsOf, type ErrorCode, MillraceError } from '../../../errors/index.js'
import { ownNames } from '../content/own-actions.js'
import type { PipelineSpec } from '../content/pipeline-spec.js'
import { actionAt, placeOf, type SourceMap } from '../content/visit-actions.js'
import type { BatchClass, SourceDataset } from '../contracts.js'
import { checkPipelineNames, type NameScope } from './check-names.js'

/** The names a dataset and its batch class bring to a pipeline; of what is missing nothing is known. */
export function datasetScope(
  dataset: SourceDataset | undefined,
  batchClass: BatchClass | undefined = dataset?.batchClass,
): Pick<NameScope, 'components' | 'batchActions' | 'attributes'> {
  return {
    ...(batchClass && { components: batchClass.components, batchActions: ownNames(batchClass) }),
    ...(dataset && { attributes: Object.keys(dataset.attributes) }),
  }
}

/** Every problem of the names in a pipeline: an error with the pipeline, the action and the line that wrote it. */
export function nameErrors(
  pipeline: string,
  spec: PipelineSpec,
  scope: NameScope,
  sources: SourceMap | undefined,
): readonly MillraceError[] {
  return checkPipelineNames(spec, scope).map(({ path, code, details }) => {
    const action = actionAt(spec, path)
    const place = action ? placeOf(pipeline, action, sources) : { pipeline }
    return new MillraceError<ErrorCode>(code, details as DetailsOf<ErrorCode>, place)
  })
}
