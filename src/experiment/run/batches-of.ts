import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import type { GivenRunOptions } from '../../pipeline/index.js'

/** The options of a pipeline's batches in turns: those of all, overridden by its own (`runLater`, its `batch` in a file). */
export function batchesOf({ run, seed, pipelines }: ExperimentSpec, name: string): GivenRunOptions {
  const { epochs, iterations, ...shared } = run.batch
  const own: GivenRunOptions = pipelines[name]?.batch ?? {}
  const saysEnd = own.epochs !== undefined || own.iterations !== undefined
  return { ...shared, ...(saysEnd ? {} : { epochs, iterations }), seed, ...own }
}
