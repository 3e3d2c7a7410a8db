import { explainExperiment, printable, registry } from '../../experiment.js'
import { exitCodes } from '../exit-codes.js'
import { moduleToJson } from '../module-to-json.js'
import { Output } from '../output.js'
import { type FileOptions, readForCommand } from '../read-file.js'

interface ExplainOptions extends FileOptions {
  readonly json?: boolean
  readonly graph?: boolean
}

/** Prints the resolved file, with every reference filled in. Runs nothing; with `graph`, one batch per pipeline. */
export async function explain(file: string, { json, graph, ...options }: ExplainOptions): Promise<number> {
  const output = new Output(json)
  const outcome = readForCommand(file, options, output)
  if (outcome.code !== undefined) return outcome.code
  if (graph) return (await import('./explain-graph.js')).explainGraph(outcome.read, output)
  const { spec, modules } = outcome.read
  if (json) output.value({ ...spec, code: modules.loaded.map(moduleToJson) })
  else output.result(printable(explainExperiment(spec, registry, modules)))
  return exitCodes.done
}
