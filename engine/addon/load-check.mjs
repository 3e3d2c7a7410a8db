/** Checks that an addon loads, in a process of its own because a failure may crash the process. */
import { SetupProblem } from '../problems.mjs'
import { lastLines, runQuietly } from '../shell.mjs'

/** @param {string} path */
export async function checkLoads(path) {
  const { ok, signal, output } = await runQuietly(process.execPath, ['-e', 'require(process.argv[1])', path])
  if (ok) return
  const said = /(?:Error: |F\d{4} )(.*)/.exec(output)?.[1] ?? lastLines(output, 3)
  if (/GLIBC|CXXABI/.test(output)) throw new SetupProblem('system-too-old', { output: said })
  if (signal === 'SIGILL' || /was compiled to use .* instructions/.test(output)) {
    throw new SetupProblem('cpu-too-old', { output: signal === 'SIGILL' ? 'an instruction this processor does not know' : said })
  }
  throw new SetupProblem('addon-does-not-load', { output: signal ? `ended by ${signal}; ${said}` : said })
}
