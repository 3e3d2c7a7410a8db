/** The actions of batch classes in the pipelines of an experiment. */
import type { ErrorLocation } from '../../errors/index.js'
import { ownActionOf } from '../../pipeline/description/content/own-actions.js'
import type { PipelineSpec } from '../../pipeline/description/content/pipeline-spec.js'
import { actionsOf, locationOf, rowOf, type SourceMap } from '../../pipeline/description/content/visit-actions.js'
import type { BatchAction, BatchClass } from '../../pipeline/index.js'
import { isPlainObject } from '../../util/json.js'

/** What is known of a pipeline. */
export interface OwnActionsScope {
  readonly batchClass: (pipeline: string) => BatchClass | undefined
  readonly sources: (pipeline: string) => SourceMap | undefined
}

interface OwnAction {
  readonly name: string
  readonly action: BatchAction
  readonly args: Readonly<Record<string, unknown>>
  readonly location: ErrorLocation
}

/** Each own action of a pipeline with its options and its place; none if the batch class is not known. */
export function* ownActionsIn(pipeline: string, described: PipelineSpec, scope: OwnActionsScope): Generator<OwnAction> {
  const batchClass = scope.batchClass(pipeline)
  if (batchClass === undefined) return
  for (const placed of actionsOf(described)) {
    const { name, args } = placed
    const action = rowOf(name) ? undefined : ownActionOf(batchClass, name)
    if (action && isPlainObject(args)) yield { name, action, args, location: locationOf(pipeline, placed, scope.sources(pipeline)) }
  }
}
