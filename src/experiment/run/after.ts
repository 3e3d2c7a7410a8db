/** What follows the rounds: the ends of the pipelines that took turns, and the pipelines that run once. */
import { leadsTo } from '../../pipeline/description/checks/check-circles.js'
import type { Experiment } from '../experiment.js'
import { inPipeline } from '../in-pipeline.js'
import { type PassOptions, runPass } from './pass.js'

export interface AfterOptions extends PassOptions {
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

async function runOnce(experiment: Experiment, options: AfterOptions): Promise<void> {
  for (const { pipeline, batch } of experiment.spec.run.after) {
    if (options.interruption.requested) return
    options.onPipeline(pipeline)
    await runPass(experiment, pipeline, batch, options)
  }
}
