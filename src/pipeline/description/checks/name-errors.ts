/** Turns problems with names into errors that state their location. */
import { type DetailsOf, type ErrorCode, MillraceError } from '../../../errors/index.js'
import { ownNames } from '../content/own-actions.js'
import type { PipelineSpec } from '../content/pipeline-spec.js'
import { actionAt, locationOf, type SourceMap } from '../content/visit-actions.js'
import type { BatchClass, SourceDataset } from '../contracts.js'
import type { NameScope } from './check-names.js'
import type { Problem } from './problem.js'

/** The names that a dataset and its batch class bring to a pipeline. What is missing is unknown. */
export function datasetScope(
  dataset: SourceDataset | undefined,
  batchClass: BatchClass | undefined = dataset?.batchClass,
): Pick<NameScope, 'components' | 'batchActions' | 'attributes'> {
  return {
    ...(batchClass && { components: batchClass.components, batchActions: ownNames(batchClass) }),
    ...(dataset && { attributes: Object.keys(dataset.attributes) }),
  }
}

/** The error of a problem, with the pipeline, the action and the line that wrote it. The path leads from the pipeline's root. */
export function toError(
  { path, code, details }: Problem,
  pipeline: string,
  spec: PipelineSpec,
  sources: SourceMap | undefined,
): MillraceError {
  const action = actionAt(spec, path)
  const location = action ? locationOf(pipeline, action, sources) : { pipeline }
  return new MillraceError<ErrorCode>(code, details as DetailsOf<ErrorCode>, location)
}
