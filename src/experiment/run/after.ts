/** The pipelines that run once, after the last round. */
import { setImmediate } from 'node:timers/promises'
import type { Experiment } from '../experiment.js'
import { inPipeline } from '../in-pipeline.js'
import type { Stopwatch } from './stopwatch.js'

export interface AfterOptions {
  readonly stopwatch: Stopwatch
  readonly signal?: AbortSignal | undefined
  readonly profile?: boolean | undefined
  readonly onPipeline: (name: string) => void
}

/** Runs each pipeline of `after` to its end, in order. A signal ends the run after the current batch. */
export async function runAfter(experiment: Experiment, { stopwatch, signal, profile, onPipeline }: AfterOptions): Promise<void> {
  const { spec, pipelines } = experiment
  for (const { pipeline: name, batch } of spec.run.after) {
    if (signal?.aborted) return
    onPipeline(name)
    const batches = pipelines[name]!.genBatch({ ...batch, seed: spec.seed, profile })[Symbol.asyncIterator]()
    try {
      for (let number = 1; !signal?.aborted; number++) {
        const next = () => batches.next()
        const { done } = await inPipeline(name, number, () => stopwatch.time(name, next, ({ done }) => !done))
        if (done) break
        await setImmediate()
      }
    } finally {
      await batches.return?.()
    }
  }
}
