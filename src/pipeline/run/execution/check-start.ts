/** Before anything runs: every name a pipeline uses must be declared. */

import { checkPipelineNames } from '../../description/checks/check-names.js'
import { datasetScope, toError } from '../../description/checks/name-errors.js'
import type { Bindings } from '../../description/content/bindings.js'
import { declaredModels } from '../../description/content/declared-names.js'
import type { PipelineSpec } from '../../description/content/pipeline-spec.js'

const checked = new WeakSet<PipelineSpec>()

/**
 * Checks the names of a pipeline, once. A single mistake is thrown as it is, several as an `AggregateError`, in order.
 *
 * @throws MillraceError `unknown-name`, `not-initialised`, …
 */
export function checkStart(pipeline: string, spec: PipelineSpec, bindings: Bindings): void {
  if (checked.has(spec)) return
  const scope = {
    ...datasetScope(spec.dataset === undefined ? undefined : bindings.datasets[spec.dataset], bindings.batchClass),
    modelClasses: Object.keys(bindings.models),
    pipelines: Object.fromEntries(Object.entries(bindings.pipelines).map(([name, source]) => [name, modelsOf(source)])),
    specs: Object.fromEntries(Object.entries(bindings.pipelines).map(([name, source]) => [name, specOf(source)])),
  }
  const errors = checkPipelineNames(spec, scope).map(problem => toError(problem, pipeline, spec, bindings.sources))
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} mistakes\n${errors.map(({ message }) => message).join('\n')}`)
  checked.add(spec)
}

/** The models a pipeline declares; unknown for a single model, which is imported as it is. */
function modelsOf(source: object): readonly string[] | undefined {
  const spec = specOf(source)
  return spec && [...declaredModels(spec).keys()]
}

const specOf = (source: object): PipelineSpec | undefined => ('spec' in source ? (source as { spec: PipelineSpec }).spec : undefined)
