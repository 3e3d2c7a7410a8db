/** Finds Python 3 and pip: `python3 -m pip` if possible, otherwise a separate pip. */
import { SetupProblem } from '../problems.mjs'
import { lastLines, runQuietly } from '../shell.mjs'

/** @typedef {{ python: string, pip: readonly string[] }} Python the interpreter, and the words that begin a pip command */

/** @returns {Promise<Python>} */
export async function findPython() {
  const seen = []
  let python
  for (const name of ['python3', 'python']) {
    const version = await runQuietly(name, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'])
    if (!version.ok || !version.stdout.startsWith('3.')) {
      seen.push(
        `${name}: ${version.missing ? 'not found' : version.ok ? `version ${version.stdout.trim()}` : lastLines(version.output, 1)}`,
      )
      continue
    }
    python ??= name
    const pip = await runQuietly(name, ['-m', 'pip', '--version'])
    if (pip.ok) return { python: name, pip: [name, '-m', 'pip'] }
    seen.push(`${name} ${version.stdout.trim()} -m pip: ${lastLines(pip.output, 1)}`)
  }
  for (const name of python ? ['pip3', 'pip'] : []) {
    if ((await runQuietly(name, ['--version'])).ok) return { python: /** @type {string} */ (python), pip: [name] }
    seen.push(`${name}: not found`)
  }
  throw new SetupProblem('no-pip', { seen: seen.join('; ') })
}
