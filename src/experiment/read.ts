/** Reads a file and checks what the YAML reader alone cannot know. */
import type { MillraceError } from '../errors/index.js'
import { opensetScope } from '../pipeline/description/checks/name-errors.js'
import { plannedClass } from '../pipeline/description/content/planned-models.js'
import { type ReadOptions, type ReadResult, readExperimentFile } from '../pipeline/yaml/index.js'
import { checkOwnOptions } from './checks/check-own-options.js'
import { checkPasses } from './checks/check-passes.js'
import { checkTables } from './checks/check-tables.js'

/**
 * Reads an experiment file as `readExperimentFile` does, and reports names that a model is fed or that are fetched from it, and that it does
 * not have; and options of batch actions that do not go together.
 *
 * @example
 * const { spec, errors } = readCheckedFile('pipelines/se-comparison.yaml', { registry })
 */
export function readCheckedFile(file: string, options: Omit<ReadOptions, 'file'>): ReadResult {
  const read = readExperimentFile(file, options)
  if (!read.spec) return read
  const { spec } = read
  const sources = (pipeline: string) => read.sources[pipeline]
  const scopeOf = (pipeline: string) => opensetScope(spec.datasets, spec.pipelines[pipeline]!.dataset, options.registry)
  const batchClass = (pipeline: string) => scopeOf(pipeline).batchClass
  const errors: readonly MillraceError[] = [
    ...checkOwnOptions(spec, { batchClass, sources }),
    ...checkTables(spec, { batchClass, sources }),
    ...checkPasses(spec, {
      modelClass: (_, model) => plannedClass(model, { models: options.registry.models, values: {} }),
      sources,
      components: scopeOf,
    }),
  ]
  const { spec: _, ...rest } = read
  return errors.length === 0 ? read : { ...rest, errors }
}
