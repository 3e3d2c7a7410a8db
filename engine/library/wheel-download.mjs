/** Downloads one wheel through pip, so that the user's own index, proxy and certificates are used, and verifies it. */
import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { freeBytes } from '../cache.mjs'
import { SetupProblem } from '../problems.mjs'
import { watchGrowth } from '../progress.mjs'
import { lastLines, runQuietly } from '../shell.mjs'
import { bytesNeeded, pipArguments } from './wheels.mjs'

/**
 * @param {import('./wheels.mjs').Wheel} wheel
 * @param {{ pip: readonly string[], folder: string, label: string, log: import('../progress.mjs').Log }} options
 * @returns {Promise<string>} the path of the verified wheel
 */
export async function downloadWheel(wheel, { pip, folder, label, log }) {
  const parts = join(folder, 'parts')
  mkdirSync(parts, { recursive: true })
  const [command, ...first] = pip
  const args = [...first, 'download', '--disable-pip-version-check', '--no-input', '--no-cache-dir', '--progress-bar', 'off']
  // pip downloads to the temporary folder: there progress can be watched, and the file is removed with the rest.
  const env = { ...process.env, TMPDIR: parts }
  const outcome = await watchGrowth({ log, label, folder, expected: wheel.bytes }, () =>
    runQuietly(/** @type {string} */ (command), [...args, '--dest', folder, ...pipArguments(wheel)], { env }),
  )
  if (!outcome.ok) throw downloadProblem(wheel, outcome.output, folder)
  const name = readdirSync(folder).find(entry => entry.endsWith('.whl'))
  if (name === undefined) throw downloadProblem(wheel, outcome.output, folder)
  const path = join(folder, name)
  const seen = await sha256(path)
  if (seen !== wheel.sha256) throw new SetupProblem('wrong-hash', { file: name, expected: wheel.sha256, seen })
  return path
}

/** @param {import('./wheels.mjs').Wheel} wheel @param {string} output @param {string} folder */
function downloadProblem(wheel, output, folder) {
  const { requirement, file } = wheel
  const said = lastLines(output.replace(/^.*\[notice\].*$/gm, ''), 3)
  if (/No space left/i.test(output))
    return new SetupProblem('disk-full', { folder, free: freeBytes(folder), needed: bytesNeeded([wheel]), gpu: false })
  if (/connection|timed out|timeout|proxy|SSLError|resolve|unreachable|HTTP error/i.test(output)) {
    const reason = /connection broken by '(\w+)\((?:.*?>: )?(.*?)\)'/.exec(output)
    return new SetupProblem('no-network', {
      requirement,
      output: reason ? `${reason[1]}: ${reason[2]?.replace(/^['"]|['"]$/g, '')}` : said,
    })
  }
  if (/No matching distribution|Could not find a version/i.test(output))
    return new SetupProblem('wheel-not-offered', { requirement, file, output: said })
  return new SetupProblem('download-failed', { requirement, output: said })
}

/** @param {string} path */
async function sha256(path) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}
