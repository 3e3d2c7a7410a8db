import { formatSchema, registry } from '../../experiment.js'
import { exitCodes } from '../exit-codes.js'

/** Prints the JSON Schema of experiment files. */
export async function schema(): Promise<number> {
  process.stdout.write(formatSchema(registry))
  return exitCodes.done
}
