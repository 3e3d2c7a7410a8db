/** Reads a run's folder, to render its report again. */
import { join, resolve } from 'node:path'
import { fail } from '../../errors/index.js'
import { isPlainObject } from '../../util/json.js'
import { readRegularSync } from '../../util/read-file.js'
import type { ReportInput, RunResults } from '../results.js'

/**
 * Reads results.json and config.yaml of a run.
 *
 * @example
 * const html = await renderReport(readRunFolder('runs/se-comparison/1'))
 *
 * @throws MillraceError `run-folder-not-readable`
 */
export function readRunFolder(folder: string): ReportInput {
  const path = resolve(folder)
  const results = read(path, 'results.json', text => JSON.parse(text) as RunResults)
  const missing = ['title', 'seed', 'started', 'iterations', 'charts'].filter(key => !isPlainObject(results) || !(key in results))
  if (missing.length > 0) notReadable(path, 'results.json', `it has no ${missing.join(', ')}`)
  return { results, configYaml: read(path, 'config.yaml', text => text) }
}

function read<T>(folder: string, file: string, parse: (text: string) => T): T {
  try {
    return parse(readRegularSync(join(folder, file)).toString('utf8'))
  } catch (error) {
    return notReadable(folder, file, error instanceof Error ? error.message : String(error), error)
  }
}

function notReadable(folder: string, file: string, reason: string, cause?: unknown): never {
  fail('run-folder-not-readable', { folder, file, reason }, {}, cause)
}
