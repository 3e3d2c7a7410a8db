/** Configs of models, each checked by its model class. */
import type { JsonObject } from '../../../util/json.js'
import { knownData } from '../../description/checks/known-data.js'
import { opensetScope } from '../../description/checks/name-errors.js'
import type { PipelineSpec } from '../../description/content/pipeline-spec.js'
import { classKeys, plannedModels } from '../../description/content/planned-models.js'
import type { ConfigProblem } from '../../description/contracts.js'
import { isExpressionJson } from '../../description/expressions/expression-json.js'
import type { Checked } from './checked.js'
import type { Findings } from './findings.js'

export function checkModelConfigs(checked: Checked, notes: Findings): void {
  for (const [pipeline, spec] of checked.pipelines) {
    for (const planned of spec ? plannedModels(spec) : []) {
      const modelClass = planned.build.modelClass ?? planned.classInConfig?.[1]
      const { config, placeOf } = planned
      if (!config || typeof modelClass !== 'string' || !Object.hasOwn(checked.registry.models, modelClass)) continue
      const { mode, name } = planned.build
      const data = mode === 'dynamic' ? knownData(spec!, name, scopeOf(checked, spec!)) : undefined
      const found = checked.registry.models[modelClass]!.checkConfig?.(config, data)
      const tell = (problem: ConfigProblem, findings: Findings) => {
        // The value of an expression is checked when the model is built.
        if (leadsToExpression(config, problem.path)) return
        const { path, what, allowed, fix } = problem
        checked.tell(['pipelines', pipeline, ...placeOf(path)], 'config-problem', { modelClass, what, allowed, fix }, findings)
      }
      const [key] = planned.classInConfig ?? []
      if (key !== undefined && key !== classKeys[0]) {
        tell({ path: [key], what: `${key} is the old name of ${classKeys[0]}`, fix: `Write ${classKeys[0]}.` }, notes)
      }
      for (const problem of found?.errors ?? []) tell(problem, checked.findings)
      for (const problem of found?.notes ?? []) tell(problem, notes)
    }
  }
}

/** What a file says of a pipeline's batches. */
const scopeOf = (checked: Checked, { dataset }: PipelineSpec) =>
  opensetScope(checked.section('datasets') as Readonly<Record<string, JsonObject>>, dataset, checked.registry)

function leadsToExpression(config: unknown, path: readonly (string | number)[]): boolean {
  let value: unknown = config
  for (const key of path) {
    if (isExpressionJson(value)) return true
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
  }
  return isExpressionJson(value)
}
