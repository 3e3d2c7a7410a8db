/** The files of an earlier run in the same folder: moved aside, never overwritten. */
import { join } from 'node:path'
import { makeFolder } from '../../util/files/make-folder.js'
import type { FileSystem } from './pending-file.js'

/** The files of a run. */
export const runFiles = ['config.yaml', 'modules.json', 'metrics.ndjson', 'results.json', 'report.html', 'models', 'checkpoints'] as const

/** Moves an earlier run's files to `previous/<time it started>/` and returns that folder; undefined if there are none. */
export function movePrevious(fs: FileSystem, folder: string): string | undefined {
  const present = runFiles.filter(name => fs.existsSync(join(folder, name)))
  if (present.length === 0) return undefined
  const stamp = startedAt(fs, folder, present).toISOString().slice(0, 19).replaceAll(':', '-')
  let target = join(folder, 'previous', stamp)
  for (let n = 2; fs.existsSync(target); n++) target = join(folder, 'previous', `${stamp}-${n}`)
  makeFolder(target, fs)
  for (const name of present) fs.renameSync(join(folder, name), join(target, name))
  return target
}

/** Returns the start time in results.json; without one, the modification time of the run's first file. */
function startedAt(fs: FileSystem, folder: string, present: readonly string[]): Date {
  try {
    const started = new Date(JSON.parse(fs.readFileSync(join(folder, 'results.json'), 'utf8')).started)
    if (!Number.isNaN(started.getTime())) return started
  } catch {
    // No results, or not Millrace's: use the files' own times.
  }
  return fs.statSync(join(folder, present[0]!)).mtime
}
