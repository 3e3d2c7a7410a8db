/** Performs the actions of a pipeline on one batch, outside any run. */
import { fail } from '../../../errors/index.js'
import { rowOf } from '../../description/content/visit-actions.js'
import type { BatchClass, SourceBatch, SourceDataset } from '../../description/contracts.js'
import type { Session } from '../session/session.js'
import { evaluate } from '../values/evaluate.js'
import { BatchRun } from './batch-run.js'
import { doActions, startSession } from './execute.js'
import { preparePipeline } from './prepare.js'
import { Scope } from './scope.js'

export interface ExecuteOptions {
  /** The number of the batch, from 1: what `I` reads and random values derive from. Default 1. */
  readonly number?: number
  /** The seed of random values, and of weights if the pipeline has not started. Default 0. */
  readonly seed?: number
  readonly signal?: AbortSignal
  /** @internal What actions keep between the batches of a run that this one belongs to. */
  readonly kept?: Map<string, unknown> | undefined
}

/** Performs the actions on the batch of these ids, or on a batch that is there already. */
export async function executeFor(session: Session, given: Iterable<unknown> | SourceBatch, options: ExecuteOptions): Promise<SourceBatch> {
  const { number = 1, seed = 0, signal, kept } = options
  const { actions } = preparePipeline(session.spec)
  const divider = actions.find(({ name }) => rowOf(name)?.changesBatches)
  if (divider) fail('stage-in-block', { action: divider.name }, { pipeline: session.name })
  const scope = new Scope(session)
  const hasDataset = session.spec.dataset !== undefined || session.spec.datasetFrom !== undefined
  const dataset = isBatch(given) && !hasDataset ? datasetOf(given, session) : scope.requireDataset(evaluate)
  const run = new BatchRun(isBatch(given) ? given : await dataset.batchByPos(dataset.positionsOf(given)), number)
  try {
    await session.exclusive(async () => {
      await startSession(session, seed)
      await doActions(actions, { session, phase: 'batch', run, walk: { dataset, seed, total: null, ...(kept && { kept }) }, signal })
    })
  } finally {
    run.end()
  }
  return run.batch
}

/** True for a batch, as opposed to ids. */
export function isBatch(thing: Iterable<unknown> | SourceBatch): thing is SourceBatch {
  return typeof thing === 'object' && thing !== null && 'componentNames' in thing && 'positions' in thing
}

/** What a pipeline without a dataset reads for a batch: the dataset of the batch with the actions of the pipeline's batch class. */
function datasetOf(batch: SourceBatch, { bindings }: Session): SourceDataset {
  const own = (batch as { readonly dataset?: SourceDataset }).dataset
  const batchClass = bindings.batchClass ?? (batch as { readonly batchClass?: BatchClass }).batchClass ?? own?.batchClass
  const none = () => fail('pipeline-without-dataset', undefined)
  if (batchClass === undefined) return none()
  const { name = 'a batch', length = batch.length, attributes = {} } = own ?? {}
  return { name, length, attributes, batchClass, openOrder: none, batchByPos: none, positionsOf: none }
}
