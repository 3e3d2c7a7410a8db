/** The program that tests start: the build where it is up to date (as `npm test` leaves it), which starts faster, else the sources. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

const built = isBuilt()

/** What `node` needs to load the program's modules. */
export const loader: readonly string[] = built ? [] : ['--import', import.meta.resolve('tsx')]

/** A module of the program, by its path in `src` without the extension. */
export const moduleOf = (name: string): string => join(root, built ? `dist/${name}.js` : `src/${name}.ts`)

/** What stands between `node` and the arguments of `millrace`. */
export const program: readonly string[] = [...loader, moduleOf('cli/bin')]

function isBuilt(): boolean {
  const stamp = join(root, 'dist/.built')
  if (!existsSync(stamp)) return false
  const time = Date.parse(readFileSync(stamp, 'utf8').trim())
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  return sources.every(file => statSync(join(root, 'src', file)).mtimeMs < time)
}
