/** The last stage: every name that is used is declared, inside each pipeline and between them. */
import { isPlainObject, type JsonObject, type JsonValue } from '../../../util/json.js'
import { experimentProblems, pipelineProblems } from '../../description/checks/check-experiment.js'
import type { NameScope } from '../../description/checks/check-names.js'
import { opensetScope } from '../../description/checks/name-errors.js'
import type { PipelineSpec } from '../../description/content/pipeline-spec.js'
import type { Registry } from '../../description/registry.js'
import { checkModules, type LoadedModule, type ModulesScope } from '../modules/check-modules.js'
import type { Renames } from '../read/renames.js'
import type { Tree } from '../read/tree.js'
import { valueAt } from '../validation/locate.js'
import { opensetOf } from './allowed-actions.js'
import { checkExpressions } from './check-expressions.js'
import { checkModelConfigs } from './check-model-configs.js'
import { Checked } from './checked.js'
import type { Findings } from './findings.js'

/**
 * Reports every name that leads nowhere and every problem with a model's config. Notes change nothing. In a partly known document,
 * only complete pipelines are checked, on their own. Returns the modules that a run loads.
 */
export function checkExperiment(
  root: Tree,
  written: JsonValue,
  renames: Renames,
  registry: Registry,
  findings: Findings,
  notes: Findings,
  modules: ModulesScope,
): readonly LoadedModule[] {
  const checked = new Checked(root, written, renames, registry, findings)
  const { pipelines } = checked
  for (const [name, spec] of pipelines) {
    const tree = valueAt(root, renames.toWritten(['pipelines', name]))
    if (!spec || !tree || !findings.isKnown(tree.origin)) continue
    checked.tellAll(pipelineProblems(pipelines, name, scopeOf(name, spec, checked), findings.isPartial))
  }
  checkExpressions(checked)
  checkModelConfigs(checked, notes)
  const loaded = checkModules(checked, modules)
  if (findings.isPartial) return loaded
  const run = isPlainObject(checked.plain.run) ? checked.section('run') : undefined
  checked.tellAll(experimentProblems({ pipelines, run, charts: checked.section('report').charts }, registry.charts))
  return loaded
}

function scopeOf(name: string, { dataset }: PipelineSpec, checked: Checked): NameScope {
  const { plain, registry, findings } = checked
  const modelClasses = Object.keys(registry.models)
  const scope: NameScope = { modelClasses, configClasses: modelClasses }
  if (dataset === undefined) return scope
  const openset = opensetOf(plain, dataset, registry)
  const allowed = datasetNames(checked)
  const described = Object.hasOwn(checked.section('datasets'), dataset.split('.')[0]!)
  const unreadable = Object.hasOwn(plain, 'datasets') && !isPlainObject(plain.datasets)
  // A dataset with an invalid description has been reported there.
  if (!allowed.includes(dataset) && (openset || !described) && !unreadable && !findings.isPartial) {
    checked.tell(['pipelines', name, 'dataset'], 'unknown-name', { kind: 'dataset', seen: dataset, allowed })
  }
  if (!openset) return scope
  const datasets = checked.section('datasets') as Readonly<Record<string, JsonObject>>
  return { ...scope, ...opensetScope(datasets, dataset, registry), attributes: openset.attributes }
}

function datasetNames(checked: Checked): readonly string[] {
  return Object.keys(checked.section('datasets')).flatMap(name => {
    const parts = opensetOf(checked.plain, name, checked.registry)?.parts
    if (!parts) return []
    return parts.length === 0 ? [name] : parts.map(part => `${name}.${part}`)
  })
}
