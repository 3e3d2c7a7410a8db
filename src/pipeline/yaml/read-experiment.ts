/** One YAML file → one experiment: read → compose → validate → check → parse. All mistakes are reported at once. */
import { dirname, resolve } from 'node:path'
import { MillraceError } from '../../errors/index.js'
import { isPlainObject, type JsonObject } from '../../util/json.js'
import type { ExperimentSpec } from '../description/content/experiment-spec.js'
import { actionsOf, type SourceMap } from '../description/content/visit-actions.js'
import type { Registry } from '../description/registry.js'
import { checkExperiment } from './checks/check-experiment.js'
import { checkNumbers } from './checks/check-numbers.js'
import { toPipeline } from './checks/checked.js'
import { Findings } from './checks/findings.js'
import { dumpExperiment, dumpPlain } from './dump.js'
import { type LoadedModule, withModules } from './modules/check-modules.js'
import { modulesScope } from './modules/saved-modules.js'
import { parseSpec } from './parse-spec.js'
import { composeDocument } from './read/compose.js'
import type { Environment } from './read/interpolate.js'
import { withOwnActions } from './read/own-actions.js'
import { readText, unreadableBecause } from './read/read-file.js'
import { type SourceText, type Tree, toPlace, toPlain } from './read/tree.js'
import { settleReadings } from './settle-readings.js'
import { originOfKey } from './validation/locate.js'
import { validateSpec } from './validation/validate.js'

export interface ReadOptions {
  /** The name of the source in errors; `extends` is relative to its folder. Default `experiment.yaml`. */
  readonly file?: string
  /** The names a file may use. */
  readonly registry: Registry
  /** `--set`s in order: `a.b=value`, or `~a.b` to delete a key. A key that contains a dot is quoted: `vars."a.b"=value`. */
  readonly overrides?: readonly string[]
  /** What `${env:NAME}` reads. Default: the process's environment. */
  readonly env?: Environment
  /** Reads the files named by `extends`. Default: from disk. */
  readonly readFile?: (file: string) => string
  /** Paths of modules that the file may load besides those at or below its folder. Default: none. */
  readonly allowModules?: readonly string[]
}

/** The code that a run of a file loads, which the file only names. */
export interface ModulesOfFile {
  /** The folder that relative names start from. */
  readonly folder: string
  readonly loaded: readonly LoadedModule[]
}

/** The contents of a file, or its mistakes. */
export interface ReadResult {
  /** Absent if there are errors. */
  readonly spec?: ExperimentSpec
  /** Every mistake once, in source order; then those of extended files and overrides. */
  readonly errors: readonly MillraceError[]
  /** What works but is better written differently, e.g. old names. */
  readonly notes: readonly MillraceError[]
  /** Where each pipeline's actions are written, for errors while running. */
  readonly sources: Readonly<Record<string, SourceMap>>
  /** The code that a run loads: for `openExperiment`, which lets the experiment load nothing else. */
  readonly modules: ModulesOfFile
  /** The document with everything filled in, expressions as tags. With errors, the readable part. */
  resolvedYaml(): string
}

/**
 * Reads a YAML string.
 *
 * @example
 * const { spec, errors } = readExperiment(text, { file: 'se.yaml', registry })
 * if (errors.length > 0) console.error(renderErrors(errors))
 */
export function readExperiment(text: string, options: ReadOptions): ReadResult {
  const { file = 'experiment.yaml', registry, overrides = [], env = process.env, readFile = readText, allowModules = [] } = options
  const source: SourceText = { file, text }
  const findings = new Findings()
  const notes = new Findings()
  const composed = withOwnActions(composeDocument(source, findings, notes, { overrides, env, readFile, registry }), registry)
  const scope = modulesScope(file, allowModules)
  const root = settleReadings(composed, registry, findings, scope)
  const plain = toPlain(root)
  checkNumbers(root, findings)
  const renames = validateSpec(root, plain, registry, findings)
  const loaded = checkExperiment(root, plain, renames, registry, findings, notes, scope)
  const errors = findings.sorted(source)
  const spec = errors.length === 0 && isPlainObject(plain) ? parseSpec(withModules(plain as JsonObject, loaded), file) : undefined
  return {
    ...(spec ? { spec } : {}),
    errors,
    notes: notes.sorted(source),
    sources: actionSources(root, plain),
    modules: { folder: scope.folder, loaded },
    resolvedYaml: () => (spec ? dumpExperiment(spec) : dumpPlain(plain)),
  }
}

/**
 * Reads a YAML file. A file that cannot be read is an error of the result, not a throw.
 *
 * @example
 * const { spec, errors } = readExperimentFile('pipelines/se-comparison.yaml', { registry, overrides: ['run.iterations=5'] })
 */
export function readExperimentFile(file: string, options: Omit<ReadOptions, 'file'>): ReadResult {
  const { readFile = readText } = options
  let text: string
  try {
    text = readFile(file)
  } catch (error) {
    const told = new MillraceError('file-not-readable', { file, reason: unreadableBecause(error) }, {}, error)
    return {
      errors: [told as unknown as MillraceError],
      notes: [],
      sources: {},
      modules: { folder: dirname(resolve(file)), loaded: [] },
      resolvedYaml: () => '',
    }
  }
  return readExperiment(text, { ...options, file })
}

function actionSources(root: Tree, plain: unknown): Record<string, SourceMap> {
  const pipelines = isPlainObject(plain) && isPlainObject(plain.pipelines) ? (plain as JsonObject).pipelines : {}
  return Object.fromEntries(
    Object.entries(pipelines as JsonObject).map(([name, pipeline]) => {
      const actions = [...actionsOf(toPipeline(pipeline) ?? { config: {}, actions: [] })]
      return [
        name,
        Object.fromEntries(actions.map(({ path }) => [path.join('/'), toPlace(originOfKey(root, ['pipelines', name, ...path]))])),
      ]
    }),
  )
}
