/** Builds `dist/` from `src/` if a source is newer than the last build. */
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder, root } from '../places.mjs'
import { SetupProblem } from '../problems.mjs'
import { secondsSince } from '../progress.mjs'
import { lastLines, runQuietly } from '../shell.mjs'

const stamp = join(root, 'dist/.built')

/** @param {{ log: import('../progress.mjs').Log }} options */
export async function provideBuild({ log }) {
  if (buildIsCurrent()) return
  const started = new Date()
  const start = performance.now()
  ;(log.moving ?? log)('compiling Millrace …')
  const typescript = packageFolder('typescript')
  if (typescript === undefined) throw new SetupProblem('no-package', { name: 'typescript' })
  const outcome = await runQuietly(process.execPath, [join(typescript, 'bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: root })
  if (!outcome.ok) throw new SetupProblem('build-failed', { output: lastLines(outcome.output) })
  removeOrphans(join(root, 'dist'), join(root, 'src'))
  writeFileSync(stamp, `${started.toISOString()}\n`)
  log(`Millrace compiled in ${secondsSince(start)}`)
}

/** Returns true if there is nothing to build: no source is newer than the last build, or there are no sources. */
export const buildIsCurrent = () =>
  !existsSync(join(root, 'src')) || !changedAfter(statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0)

/** Returns true if any input of the build changed after a time. Folders count too: they change when a file is removed. @param {number} time */
function changedAfter(time) {
  const single = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map(name => join(root, name))
  return [...single, ...walk(join(root, 'src'))].some(path => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > time)
}

/** @param {string} folder @returns {Generator<string>} */
function* walk(folder) {
  yield folder
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(path)
    else yield path
  }
}

/** Removes the output of sources that no longer exist. @param {string} built @param {string} source */
function removeOrphans(built, source) {
  for (const entry of readdirSync(built, { withFileTypes: true })) {
    const path = join(built, entry.name)
    if (entry.isDirectory()) {
      if (existsSync(join(source, entry.name))) removeOrphans(path, join(source, entry.name))
      else rmSync(path, { recursive: true })
    } else {
      const name = /^(.*?)(\.d)?\.[cm]?[jt]s(\.map)?$/.exec(entry.name)?.[1]
      if (name !== undefined && !existsSync(join(source, `${name}.ts`))) rmSync(path)
    }
  }
}
