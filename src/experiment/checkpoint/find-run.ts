/** Finds the folder of an experiment's last run, and whether anything is left to do in it. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fail } from '../../errors/index.js'
import { readRegularSync } from '../../util/files/read-file.js'
import type { ExperimentResults } from '../results.js'
import { modelFolders, runsOf } from '../run/run-id.js'

/**
 * The newest run folder of an experiment in the default place.
 *
 * @throws MillraceError `nothing-to-resume`
 */
export function newestRunFolder(name: string): string {
  const parent = runsOf(name)
  const started = (existsSync(parent) ? readdirSync(parent) : []).flatMap(folder => {
    const [, time, number = '1'] = /^(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)(?:-(\d+))?$/.exec(folder) ?? []
    return time !== undefined && isRun(join(parent, folder)) ? [{ folder, time, number: Number(number) }] : []
  })
  const [newest] = started.sort((a, b) => (a.time === b.time ? b.number - a.number : a.time < b.time ? 1 : -1))
  return newest ? join(parent, newest.folder) : fail('nothing-to-resume', { folder: parent, seen: `no run of ${name}` })
}

/** True if a folder belongs to a run. */
export function isRun(folder: string): boolean {
  return existsSync(join(folder, 'config.yaml'))
}

/** True if a run has a checkpoint to continue from. */
export function canResume(folder: string): boolean {
  const checkpoints = join(folder, 'checkpoints')
  return existsSync(checkpoints) && readdirSync(checkpoints).some(name => /^\d/.test(name))
}

/** The results of a run that has completed and written everything; undefined for any other. */
export function finishedResults(folder: string): ExperimentResults | undefined {
  const results = readResults(folder)
  if (!results || results.interrupted || results.error) return undefined
  if (!areDone(results, results.iterations.planned)) return undefined
  const written = [join(folder, 'report.html'), ...modelFolders(folder, Object.keys(results.parameters ?? {})).values()]
  return written.every(path => existsSync(path)) ? results : undefined
}

/** True if these rounds were done, or are never done because a pipeline stopped the run. */
export function areDone({ iterations, stoppedBy }: ExperimentResults, rounds: number): boolean {
  return stoppedBy !== undefined || iterations.done === rounds
}

function readResults(folder: string): ExperimentResults | undefined {
  try {
    return JSON.parse(readRegularSync(join(folder, 'results.json')).toString('utf8')) as ExperimentResults
  } catch {
    return undefined
  }
}
