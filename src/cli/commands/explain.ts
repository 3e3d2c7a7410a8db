import { explainExperiment, registry } from '../../experiment.js'
import { exitCodes } from '../exit-codes.js'
import { Output } from '../output.js'
import { readForCommand } from '../read-file.js'

/** Prints what a file comes to, every reference filled in. Runs nothing. */
export async function explain(file: string, { set, json }: { readonly set: readonly string[]; readonly json?: boolean }): Promise<number> {
  const output = new Output(json)
  const outcome = readForCommand(file, set, output)
  if (outcome.code !== undefined) return outcome.code
  if (json) output.value(outcome.read.spec)
  else output.result(explainExperiment(outcome.read.spec, registry))
  return exitCodes.done
}
