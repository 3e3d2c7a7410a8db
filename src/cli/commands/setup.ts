import { setup as provide } from '../../../engine/setup.mjs'
import { exitCodes } from '../exit-codes.js'
import { Output } from '../output.js'
import { reportError } from '../report-errors.js'

/** Provides TensorFlow. What is missing for it is told in one text; nothing is run then. */
export async function setup({ gpu, force }: { readonly gpu?: boolean; readonly force?: boolean }): Promise<number> {
  const output = new Output()
  try {
    const { version, variant, origin, changed } = await provide({ ...(gpu === undefined ? {} : { gpu }), force: force ?? false })
    output.result(`TensorFlow ${version} (${variant}, ${origin}) ${changed ? 'is set up' : 'was there already'}`)
    return exitCodes.done
  } catch (error) {
    // A piece that is missing carries its whole text.
    if (error instanceof Error && error.name === 'SetupProblem') output.problem(error.message)
    else reportError(error, output)
    return exitCodes.runFailed
  }
}
