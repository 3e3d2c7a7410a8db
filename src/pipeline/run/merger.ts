/** How batches of a pipeline are merged: by `rebatch`, and by `merge`. */
import { fail } from '../../errors/index.js'
import type { ValueOf } from '../../options/index.js'
import type { ActionArgs } from '../description/action-row.js'
import { pipelineActions } from '../description/actions/pipelines.js'
import type { BatchClass } from '../description/contracts.js'
import { argumentsReader } from './actions/read-arguments.js'
import { Scope } from './execution/scope.js'
import type { Session } from './session/session.js'
import type { Walk } from './session/stepping.js'
import { evaluate } from './values/evaluate.js'

interface MergeContext {
  readonly session: Session
  readonly walk?: Walk
}

/** The method of the batch class. */
export function merger({ session, walk }: MergeContext): NonNullable<BatchClass['merge']> {
  const { batchClass } = new Scope(session, undefined, walk).requireDataset(evaluate)
  return batchClass.merge ?? fail('no-merge', { batchClass: batchClass.name })
}

const { rebatch } = pipelineActions

/** The size and components of the next batch that a `rebatch` makes. */
export type RebatchSize = ValueOf<typeof rebatch.args>

const readRebatch = argumentsReader(rebatch)

export function rebatchSize(args: ActionArgs, { session, walk }: MergeContext): RebatchSize {
  return readRebatch(args, new Scope(session, undefined, walk, undefined, undefined, 'rebatch'))
}
