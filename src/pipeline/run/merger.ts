/** How batches of a pipeline are merged: by `rebatch`, and by `merge`. */
import { fail } from '../../errors/index.js'
import type { ActionArgs } from '../description/action-row.js'
import type { BatchClass } from '../description/contracts.js'
import { Scope } from './execution/scope.js'
import type { Session, Walk } from './session/session.js'
import { evaluate } from './values/evaluate.js'

interface MergeContext {
  readonly session: Session
  readonly walk?: Walk
}

/** The method of the batch class. */
export function merger({ session, walk }: MergeContext): NonNullable<BatchClass['merge']> {
  const { batchClass } = new Scope(session, undefined, walk).requireDataset()
  return batchClass.merge ?? fail('no-merge', { batchClass: batchClass.name })
}

/** The size and components of the next batch that a `rebatch` makes. */
export interface RebatchSize {
  readonly batchSize: number
  readonly components: readonly string[] | undefined
}

export function rebatchSize(args: ActionArgs, { session, walk }: MergeContext): RebatchSize {
  const { batchSize, components } = evaluate(args, new Scope(session, undefined, walk)) as Record<string, unknown>
  if (!Number.isSafeInteger(batchSize) || (batchSize as number) < 1) {
    fail('wrong-value', { name: 'batchSize of rebatch', seen: String(batchSize), allowed: 'a whole number from 1' })
  }
  return { batchSize: batchSize as number, components: components as readonly string[] | undefined }
}
