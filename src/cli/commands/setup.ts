import { setup as provide } from '../../../engine/setup.mjs'
import { exitCodes } from '../exit-codes.js'
import { Output } from '../output.js'
import { reportError } from '../report-errors.js'

/** Sets up TensorFlow. Whatever is missing for that is reported in one message, and nothing is run. */
export async function setup({ gpu, force }: { readonly gpu?: boolean; readonly force?: boolean }): Promise<number> {
  const output = new Output()
  try {
    const { version, variant, origin, changed } = await provide({ ...(gpu === undefined ? {} : { gpu }), force: force ?? false })
    output.result(`TensorFlow ${version} (${variant}, ${origin}) ${changed ? 'is set up' : 'was there already'}`)
    return exitCodes.done
  } catch (error) {
    // The error of a missing piece contains the whole message.
    if (error instanceof Error && error.name === 'SetupProblem') output.problem(error.message)
    else reportError(error, output)
    return exitCodes.runFailed
  }
}
