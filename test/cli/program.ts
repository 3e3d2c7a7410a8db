/** The program that tests start: the build where it is up to date (as `npm test` leaves it), which starts faster, else the sources. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What stands between `node` and the arguments of `millrace`. */
export const program: readonly string[] = isBuilt()
  ? [join(root, 'dist/cli/bin.js')]
  : ['--import', import.meta.resolve('tsx'), join(root, 'src/cli/bin.ts')]

function isBuilt(): boolean {
  const stamp = join(root, 'dist/.built')
  if (!existsSync(stamp)) return false
  const built = Date.parse(readFileSync(stamp, 'utf8').trim())
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  return sources.every(file => statSync(join(root, 'src', file)).mtimeMs < built)
}
