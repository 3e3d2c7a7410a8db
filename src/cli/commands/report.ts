import { join } from 'node:path'
import { MillraceError } from '../../index.js'
import { openRunFolder, readRunFolder, renderReport } from '../../report.js'
import { exitCodes } from '../exit-codes.js'
import { Output } from '../output.js'
import { reportError } from '../report-errors.js'

/** Renders report.html again from results.json and config.yaml: after an update of Millrace, or by hand-edited results. */
export async function report(folder: string): Promise<number> {
  const output = new Output()
  try {
    const html = await renderReport(readRunFolder(folder))
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
