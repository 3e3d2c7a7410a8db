/** What follows the rounds: the ends of the pipelines that took turns, and the pipelines that run once. */
import { setImmediate } from 'node:timers/promises'
import { leadsTo } from '../../pipeline/description/checks/check-circles.js'
import type { Experiment } from '../experiment.js'
import { inPipeline } from '../in-pipeline.js'
import type { Interruption } from './interruption.js'
import type { Stopwatch } from './stopwatch.js'

export interface AfterOptions {
  readonly stopwatch: Stopwatch
  readonly interruption: Interruption
  readonly profile?: boolean | undefined
  readonly onPipeline: (name: string) => void
}

/**
 * Performs the actions of `after` of the pipelines that took turns, then runs each pipeline of `run.after` to its end, in order; the
 * pipelines that those take batches from end last. A signal ends the run after the current batch. Returns true if everything was done.
 */
export async function runAfter(experiment: Experiment, options: AfterOptions): Promise<boolean> {
  const { spec, pipelines } = experiment
  const described = new Map(Object.entries(spec.pipelines))
  const isNeeded = (name: string) => spec.run.after.some(({ pipeline }) => leadsTo(described, pipeline, name))
  const finish = async (names: readonly string[]) => {
    for (const name of names) {
      if (options.interruption.requested) return
      const { late } = options.interruption
      await inPipeline(name, undefined, () => options.interruption.wait(pipelines[name]!.finish({ signal: late })))
    }
  }
  await finish(spec.run.turns.filter(name => !isNeeded(name)))
  await runOnce(experiment, options)
  await finish(Object.keys(pipelines))
  return !options.interruption.requested
}

async function runOnce({ spec, pipelines }: Experiment, { stopwatch, interruption, profile, onPipeline }: AfterOptions): Promise<void> {
  for (const { pipeline: name, batch } of spec.run.after) {
    if (interruption.requested) return
    onPipeline(name)
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
}
