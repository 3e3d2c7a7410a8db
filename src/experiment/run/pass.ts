/** A pipeline that is run to its end, within an experiment. */
import { setImmediate } from 'node:timers/promises'
import type { ExperimentSpec, PassSpec } from '../../pipeline/description/content/experiment-spec.js'
import { passBatch } from '../../pipeline/description/content/pass-batch.js'
import type { GivenRunOptions } from '../../pipeline/index.js'
import type { Experiment } from '../experiment.js'
import { inPipeline } from '../in-pipeline.js'
import type { Interruption } from './interruption.js'
import type { Stopwatch } from './stopwatch.js'

export interface PassOptions {
  readonly stopwatch: Stopwatch
  readonly interruption: Interruption
  readonly profile?: boolean | undefined
}

/** The options of the batches of a pass between rounds. */
export function passOptions({ run, pipelines }: ExperimentSpec, { pipeline, batch }: PassSpec): GivenRunOptions {
  return passBatch(run.batch, pipelines[pipeline]?.batch, batch)
}

/** The passes that are made after a round: every so many rounds, and after the last one. */
export function passesAfter({ run: { every = [], iterations } }: ExperimentSpec, round: number): readonly PassSpec[] {
  return every.filter(({ rounds }) => round % rounds === 0 || round === iterations)
}

/** Runs a pipeline to its end. A signal ends it after the current batch. */
export async function runPass(
  { spec, pipelines }: Experiment,
  name: string,
  batch: GivenRunOptions,
  { stopwatch, interruption, profile }: PassOptions,
): Promise<void> {
  const batches = pipelines[name]!.genBatch({ ...batch, seed: spec.seed, profile, signal: interruption.late })[Symbol.asyncIterator]()
  try {
    for (let number = 1; !interruption.requested; number++) {
      const next = () => interruption.wait(batches.next())
      const { done } = await inPipeline(name, number, () => stopwatch.time(name, next, ({ done }) => !done))
      if (done) break
      await setImmediate()
    }
  } finally {
    const closed = batches.return().catch(() => undefined)
    // Not waited for after a signal: the batch under way may never end.
    if (!interruption.requested) await closed
  }
}
