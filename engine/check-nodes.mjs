/**
 * `node engine/check-nodes.mjs [20 22 …]`: runs a short training on each supported version of Node.js, through the built
 * package's own loader. The versions come from npm and stay in the cache.
 */
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { provideFolder } from './cache.mjs'
import { npm } from './clone/dependencies.mjs'
import { cacheFolder, root } from './places.mjs'
import { terminalLog } from './progress.mjs'
import { lastLines, runQuietly } from './shell.mjs'

const majors = process.argv.length > 2 ? process.argv.slice(2) : ['20', '22', '24', '26']
const log = terminalLog()
let failed = 0

for (const major of majors) {
  const binary = await provideNode(major)
  const { ok, output, stdout } = await runQuietly(binary, [join(root, 'engine/addon/smoke.mjs'), join(root, 'dist/graph/tensorflow.js')])
  const noise = output.replace(stdout, '').trim()
  const quiet = ok && noise === ''
  if (!quiet) failed++
  console.log(quiet ? `ok    Node.js ${major}: ${stdout.trim()}` : `FAIL  Node.js ${major}: ${lastLines(output)}`)
}
process.exit(failed > 0 ? 1 : 0)

/** @param {string} major */
async function provideNode(major) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const folder = await provideFolder({
    cache: cacheFolder(),
    name: `nodejs-${major}-${process.platform}-${process.arch}`,
    id: `${name}@${major}`,
    log,
    fill: async temporary => {
      const outcome = await npm(['install', '--prefix', temporary, '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${major}`])
      if (!outcome.ok) throw new Error(`Node.js ${major} could not be installed: ${lastLines(outcome.output)}`)
      renameSync(join(temporary, 'node_modules', name, 'bin'), join(temporary, 'bin'))
      rmSync(join(temporary, 'node_modules'), { recursive: true })
    },
  })
  return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}
