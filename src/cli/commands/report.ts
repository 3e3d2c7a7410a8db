import { join } from 'node:path'
import { MillraceError } from '../../index.js'
import { openRunFolder, readRunFolder, renderReport } from '../../report.js'
import { exitCodes } from '../exit-codes.js'
import { Output } from '../output.js'
import { reportError } from '../report-errors.js'

/** A page of what results.json says; where that is not what a run writes, an error that says so. */
async function render(folder: string): Promise<string> {
  const input = readRunFolder(folder)
  try {
    return await renderReport(input)
  } catch (error) {
    if (error instanceof MillraceError || !(error instanceof Error)) throw error
    const reason = `it does not say what a run says (${error.message})`
    throw new MillraceError('run-folder-not-readable', { folder, file: 'results.json', reason }, {}, error)
  }
}

/** Renders report.html again from results.json and config.yaml: after an update of Millrace, or by hand-edited results. */
export async function report(folder: string): Promise<number> {
  const output = new Output()
  try {
    const html = await render(folder)
    const run = openRunFolder(folder, { resume: true })
    run.writeText('report.html', html)
    run.finish()
    output.result(`report: ${join(folder, 'report.html')}`)
    return exitCodes.done
  } catch (error) {
    reportError(error, output)
    return error instanceof MillraceError ? exitCodes.wrongInput : exitCodes.runFailed
  }
}
