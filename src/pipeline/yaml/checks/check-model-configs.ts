/** Configs of models, each checked by its model class. */
import { isPlainObject } from '../../../util/json.js'
import { modelBuilds } from '../../description/content/visit-actions.js'
import type { ConfigProblem } from '../../description/contracts.js'
import { isExpressionJson } from '../../description/expressions/expression-json.js'
import type { Checked } from './checked.js'
import type { Findings } from './findings.js'

export function checkModelConfigs(checked: Checked, notes: Findings): void {
  for (const [pipeline, spec] of checked.pipelines) {
    if (!spec) continue
    for (const { action, build } of modelBuilds(spec)) {
      const { modelClass, config, configKey } = build
      if (typeof modelClass !== 'string' || !Object.hasOwn(checked.registry.models, modelClass)) continue
      if (!isPlainObject(config) || isExpressionJson(config)) continue
      const found = checked.registry.models[modelClass]!.checkConfig?.(config)
      const at = ['pipelines', pipeline, ...action.path, action.name, configKey]
      const tell = (problem: ConfigProblem, findings: Findings) => {
        // The value of an expression is checked when the model is built.
        if (leadsToExpression(config, problem.path)) return
        const { path, what, allowed, fix } = problem
        checked.tell([...at, ...path], 'config-problem', { modelClass, what, allowed, fix }, findings)
      }
      for (const problem of found?.errors ?? []) tell(problem, checked.findings)
      for (const problem of found?.notes ?? []) tell(problem, notes)
    }
  }
}

function leadsToExpression(config: unknown, path: readonly (string | number)[]): boolean {
  let value: unknown = config
  for (const key of path) {
    if (isExpressionJson(value)) return true
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
  }
  return isExpressionJson(value)
}
