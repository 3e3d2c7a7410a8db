/** The last stage: every name that is used is declared, inside each pipeline and between them. */
import { isPlainObject, type JsonValue } from '../../../util/json.js'
import { liveActions } from '../../description/action-table.js'
import { checkPipelineNames, declaredModels, type NameScope } from '../../description/checks/check-names.js'
import { ownNames } from '../../description/content/own-actions.js'
import type { PipelineSpec } from '../../description/content/pipeline-spec.js'
import { type ActionPath, actionAt } from '../../description/content/visit-actions.js'
import type { Registry } from '../../description/registry.js'
import type { Renames } from '../read/renames.js'
import type { Tree } from '../read/tree.js'
import { valueAt } from '../validation/locate.js'
import { opensetOf } from './allowed-actions.js'
import { checkCircles } from './check-circles.js'
import { checkExpressions } from './check-expressions.js'
import { checkImports } from './check-imports.js'
import { checkModelConfigs } from './check-model-configs.js'
import { checkRun } from './check-run.js'
import { Checked, membersOf } from './checked.js'
import type { Findings } from './findings.js'

/**
 * Tells every name that leads nowhere and every problem of a model's config. Notes change nothing. Of a document that is known in part
 * only whole pipelines are judged, by what they say themselves.
 */
export function checkExperiment(
  root: Tree,
  written: JsonValue,
  renames: Renames,
  registry: Registry,
  findings: Findings,
  notes: Findings,
): void {
  const checked = new Checked(root, written, renames, registry, findings)
  for (const [name, spec] of checked.pipelines) {
    const tree = valueAt(root, renames.toWritten(['pipelines', name]))
    if (!spec || !tree || !findings.isKnown(tree.origin)) continue
    for (const { path, code, details } of checkPipelineNames(spec, scopeOf(name, spec, checked))) {
      if (path.at(-1) === 'from' && importsItself(name, spec, path)) continue
      // A pipeline that waits for itself is told with the longer circles.
      if (code === 'unknown-name' && details.kind === 'pipeline' && details.seen === name && path.at(-2) === 'pipelines') continue
      const inFile =
        code === 'unknown-action' ? { ...details, allowed: details.allowed.filter(action => !liveActions.includes(action)) } : details
      checked.tell(['pipelines', name, ...path], code, inFile)
    }
  }
  checkExpressions(checked)
  checkModelConfigs(checked, notes)
  if (findings.isPartial) return
  checkImports(checked)
  checkCircles(checked)
  checkRun(checked)
}

/** A circle of one pipeline, which is told with the longer ones. */
function importsItself(name: string, spec: PipelineSpec, path: ActionPath): boolean {
  const { name: model, from } = actionAt(spec, path)?.args ?? {}
  return from === name && typeof model === 'string' && declaredModels(spec).get(model) === name
}

function scopeOf(name: string, { dataset }: PipelineSpec, checked: Checked): NameScope {
  const { plain, registry, findings } = checked
  const others = [...checked.pipelines].filter(([other]) => other !== name)
  const scope: NameScope = {
    modelClasses: Object.keys(registry.models),
    pipelines: findings.isPartial ? undefined : Object.fromEntries(others.map(([other, spec]) => [other, membersOf(spec, 'model')])),
    specs: findings.isPartial ? undefined : Object.fromEntries(others),
  }
  if (dataset === undefined) return scope
  const openset = opensetOf(plain, dataset, registry)
  const allowed = datasetNames(checked)
  const described = Object.hasOwn(checked.section('datasets'), dataset.split('.')[0]!)
  const unreadable = Object.hasOwn(plain, 'datasets') && !isPlainObject(plain.datasets)
  // A dataset whose own description is wrong has been told there.
  if (!allowed.includes(dataset) && (openset || !described) && !unreadable && !findings.isPartial) {
    checked.tell(['pipelines', name, 'dataset'], 'unknown-name', { kind: 'dataset', seen: dataset, allowed })
  }
  if (!openset) return scope
  const { batchClass, attributes } = openset
  return { ...scope, components: batchClass.components, batchActions: ownNames(batchClass), attributes }
}

function datasetNames(checked: Checked): readonly string[] {
  return Object.keys(checked.section('datasets')).flatMap(name => {
    const parts = opensetOf(checked.plain, name, checked.registry)?.parts
    if (!parts) return []
    return parts.length === 0 ? [name] : parts.map(part => `${name}.${part}`)
  })
}
