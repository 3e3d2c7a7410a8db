/** The folders that a run makes. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { toFolderName, toFolderNames } from '../../util/files/folder-name.js'
import { makeFolder } from '../../util/files/make-folder.js'

/** Where the runs of an experiment are by default. */
export function runsOf(name: string): string {
  return join('runs', toFolderName(name))
}

/**
 * Creates and returns `runs/<name>/<local time>`, e.g. `runs/se-comparison/2025-01-31T09-30-00`, followed by a number if another run has that
 * one. A folder that cannot be created is returned too: opening it says why.
 */
export function createRunFolder(name: string, now = new Date()): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
  const stem = join(runsOf(name), local.toISOString().slice(0, 19).replaceAll(':', '-'))
  for (let n = 1; ; n++) {
    const folder = n === 1 ? stem : `${stem}-${n}`
    try {
      makeFolder(runsOf(name))
      mkdirSync(folder)
      return folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return folder
    }
  }
}

/** Where a run saves the weights of its models, by their names. */
export function modelFolders(folder: string, models: readonly string[]): ReadonlyMap<string, string> {
  const names = toFolderNames(models)
  return new Map(models.map((model, i) => [model, join(folder, 'models', names[i]!)]))
}
