/** Before anything runs: every name a pipeline uses must be declared. */
import { MillraceError, type Place } from '../../errors/index.js'
import type { Bindings } from '../spec/bindings.js'
import { checkPipelineNames, declaredModels, type NameProblem } from '../spec/check-names.js'
import { actionParts, type PipelineSpec } from '../spec/pipeline-spec.js'

const checked = new WeakSet<PipelineSpec>()

/**
 * Checks the names of a pipeline, once. One mistake is thrown as it is, several as an `AggregateError` of them, in their order.
 *
 * @throws MillraceError `unknown-name`, …
 */
export function checkStart(pipeline: string, spec: PipelineSpec, bindings: Bindings): void {
  if (checked.has(spec)) return
  const dataset = spec.dataset === undefined ? undefined : bindings.datasets[spec.dataset]
  const problems = checkPipelineNames(spec, {
    ...(dataset && {
      components: dataset.batchClass.components,
      batchActions: Object.keys(dataset.batchClass.actions),
      attributes: Object.keys(dataset.attributes),
    }),
    modelClasses: Object.keys(bindings.models),
    pipelines: Object.fromEntries(Object.entries(bindings.pipelines).map(([name, source]) => [name, modelsOf(source)])),
  })
  const errors = problems.map(problem => located(problem, pipeline, spec, bindings))
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} mistakes\n${errors.map(({ message }) => message).join('\n')}`)
  checked.add(spec)
}

/** The models a pipeline declares; unknown for a single model, which is imported as it is. */
function modelsOf(source: object): readonly string[] | undefined {
  return 'spec' in source ? [...declaredModels((source as { spec: PipelineSpec }).spec.actions).keys()] : undefined
}

function located({ path, code, details }: NameProblem, pipeline: string, spec: PipelineSpec, bindings: Bindings): MillraceError {
  const place: Place = { pipeline }
  if (path[0] !== 'actions' || typeof path[1] !== 'number') return new MillraceError(code, details, place)
  const source = bindings.sources[path[1]]
  const action = { number: path[1] + 1, name: actionParts(spec.actions[path[1]]!)[0] }
  return new MillraceError(code, details, { ...place, action, ...(source && { source }) })
}
