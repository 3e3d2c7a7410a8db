import { join } from 'node:path'
import { MillraceError } from '../../index.js'
import { openRunFolder, readRunFolder, renderReport } from '../../report.js'
import { exitCodes } from '../exit-codes.js'
import { Output } from '../output.js'
import { reportError } from '../report-errors.js'

/** Renders a page from results.json, or reports that it is not what a run writes. */
async function render(folder: string): Promise<string> {
  const input = readRunFolder(folder)
  try {
    return await renderReport(input)
  } catch (error) {
    if (error instanceof MillraceError || !(error instanceof Error)) throw error
    const reason = `it is not what a run writes (${error.message})`
    throw new MillraceError('run-folder-not-readable', { folder, file: 'results.json', reason }, {}, error)
  }
}

/** Renders report.html again from results.json and config.yaml: after an update of Millrace, or from edited results. */
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
