/** Reads a run's folder, to render its report again. */
import { join, resolve } from 'node:path'
import { fail } from '../../errors/index.js'
import { readRegularSync } from '../../util/files/read-file.js'
import { isPlainObject } from '../../util/json.js'
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
  const problem = findProblem(results)
  if (problem !== undefined) notReadable(path, 'results.json', problem)
  return { results, configYaml: read(path, 'config.yaml', text => text) }
}

type Check = readonly [allowed: string, test: (value: unknown) => boolean]

const aString: Check = ['a string', value => typeof value === 'string']
const aNumber: Check = ['a number', value => typeof value === 'number']
const aMap: Check = ['a map', isPlainObject]

/** What a page is made from, by the path in results.json. */
const needed: Readonly<Record<string, Check>> = {
  name: aString,
  title: aString,
  description: aString,
  seed: aNumber,
  started: aString,
  seconds: aNumber,
  iterations: aMap,
  'iterations.planned': aNumber,
  'iterations.done': aNumber,
  interrupted: ['true or false', value => typeof value === 'boolean'],
  versions: aMap,
  'versions.millrace': aString,
  'versions.node': aString,
  'versions.tfjs': aString,
  'versions.tensorflow': aString,
  machine: aMap,
  'machine.cpu': aString,
  'machine.cores': aNumber,
  'machine.memoryBytes': aNumber,
  timing: aMap,
  charts: ['a list', Array.isArray],
}

/** What is missing or is something else, at its path. */
function findProblem(results: unknown): string | undefined {
  if (!isPlainObject(results)) return 'it is not a map'
  const at = (path: string) => path.split('.').reduce<any>((value, key) => (isPlainObject(value) ? value[key] : undefined), results)
  const missing = Object.keys(needed).filter(path => at(path) === undefined)
  if (missing.length > 0) return `it has no ${missing.join(', ')}`
  const [path, [allowed]] = Object.entries(needed).find(([key, [, test]]) => !test(at(key))) ?? [undefined, ['']]
  return path === undefined ? undefined : `${path} is not ${allowed}`
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
