/** Performs the actions of a pipeline on one batch, outside any run. */
import { fail } from '../../../errors/index.js'
import { rowOf } from '../../description/content/visit-actions.js'
import type { SourceBatch } from '../../description/contracts.js'
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
}

export async function executeFor(session: Session, ids: Iterable<unknown>, options: ExecuteOptions): Promise<SourceBatch> {
  const { number = 1, seed = 0, signal } = options
  const { actions } = preparePipeline(session.spec)
  const divider = actions.find(({ name }) => rowOf(name)?.changesBatches)
  if (divider) fail('stage-in-block', { action: divider.name }, { pipeline: session.name })
  const dataset = new Scope(session).requireDataset(evaluate)
  const run = new BatchRun(await dataset.batchByPos(dataset.positionsOf(ids)), number)
  try {
    await session.exclusive(async () => {
      await startSession(session, seed)
      await doActions(actions, { session, phase: 'batch', run, walk: { dataset, seed, total: null }, signal })
    })
  } finally {
    run.end()
  }
  return run.batch
}
