/** The fallback: tfjs-node's own install script, which fetches an older TensorFlow and an addon built for it. */
import { join } from 'node:path'
import { addonFolder, packageFolder, root } from '../places.mjs'
import { missingPackage, SetupProblem } from '../problems.mjs'
import { secondsSince } from '../progress.mjs'
import { lastLines, runQuietly } from '../shell.mjs'
import { addonName } from './addon.mjs'
import { checkLoads } from './load-check.mjs'

/**
 * @param {{ variant: import('../library/wheels.mjs').Variant, because: SetupProblem, log: import('../progress.mjs').Log }} options
 * @returns {Promise<string>} the folder of tfjs-node-gpu
 */
export async function runOwnInstall({ variant, because, log }) {
  const start = performance.now()
  const tfjs = packageFolder('@tensorflow/tfjs-node-gpu')
  if (tfjs === undefined) throw missingPackage('@tensorflow/tfjs-node-gpu')
  log(`${because.parts.what} (${because.parts.seen.replaceAll('\n', ' ')}); trying tfjs-node's own install`)
  const tools = [join(tfjs, 'node_modules/.bin'), join(tfjs, '../../.bin'), join(root, 'node_modules/.bin')]
  const separator = process.platform === 'win32' ? ';' : ':'
  const env = { ...process.env, PATH: [...tools, process.env.PATH ?? ''].join(separator) }
  const outcome = await runQuietly(process.execPath, ['scripts/install.js', variant, 'download'], { cwd: tfjs, env })
  const output = /^\w*Error: .*/m.exec(outcome.output)?.[0] ?? lastLines(outcome.output, 2)
  if (!outcome.ok) throw new SetupProblem('own-install-failed', { first: because.parts, output })
  try {
    await checkLoads(join(addonFolder(tfjs), addonName))
  } catch (problem) {
    throw new SetupProblem('own-install-failed', { first: because.parts, output: /** @type {SetupProblem} */ (problem).parts.seen })
  }
  log(`tfjs-node's own install succeeded in ${secondsSince(start)}`)
  return tfjs
}
