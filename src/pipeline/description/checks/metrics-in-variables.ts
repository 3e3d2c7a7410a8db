/** Variables that hold metrics, where a description says so. */
import type { MetricsKind } from '../../../metrics/options.js'
import type { PipelineSpec } from '../content/pipeline-spec.js'
import { actionsOf, rowOf } from '../content/visit-actions.js'
import { destinationsOf } from '../expressions/destinations.js'
import { letterOf } from '../expressions/expression-json.js'
import { letterRow } from '../expressions/letters.js'

/** The kind of metrics that a variable holds; undefined if something else, or another kind, may be saved there. */
export function metricsIn(spec: PipelineSpec, variable: string): MetricsKind | undefined {
  const kinds = new Set<MetricsKind | undefined>()
  for (const action of actionsOf(spec)) {
    for (const destination of destinationsOf(action)) {
      const letter = letterOf(destination)
      if (letter === undefined || letterRow(letter).names !== 'variable') continue
      // A name that is computed may be this one.
      if (typeof destination[letter] === 'string' && destination[letter] !== variable) continue
      kinds.add(rowOf(action.name)?.measures?.(action.args))
    }
  }
  const [kind] = kinds
  return kinds.size === 1 ? kind : undefined
}
