import { explainExperiment, registry } from '../../experiment.js'
import { exitCodes } from '../exit-codes.js'
import { Output } from '../output.js'
import { readForCommand } from '../read-file.js'

interface ExplainOptions {
  readonly set: readonly string[]
  readonly json?: boolean
  readonly graph?: boolean
}

/** Prints the resolved file, with every reference filled in. Runs nothing; with `graph`, one batch per pipeline. */
export async function explain(file: string, { set, json, graph }: ExplainOptions): Promise<number> {
  const output = new Output(json)
  const outcome = readForCommand(file, set, output)
  if (outcome.code !== undefined) return outcome.code
  if (graph) return (await import('./explain-graph.js')).explainGraph(outcome.read.spec, output)
  if (json) output.value(outcome.read.spec)
  else output.result(explainExperiment(outcome.read.spec, registry))
  return exitCodes.done
}
