/** What can be known to be wrong before the first batch, so that a mistake costs nothing. */
import { fail } from '../errors/index.js'
import type { IterateOptions } from '../pipeline/spec/contracts.js'
import { actionsOf, type PlacedAction } from '../pipeline/spec/walk-actions.js'
import { chartReferences } from '../report/index.js'
import { checkFetches } from './check-fetches.js'
import { checkPipelines } from './check-pipelines.js'
import type { Experiment } from './experiment.js'
import { inPipelineNow } from './in-pipeline.js'
import { splitReference } from './recorder.js'
import { throwAll } from './write.js'

/**
 * Checks the names in pipelines, `run` and `report`, and that every pipeline can take the batches it is to take.
 *
 * @throws MillraceError `unknown-name`, `not-initialised`, …, `wrong-value`, and what datasets throw, e.g. `batch-too-large`
 */
export function checkExperiment(experiment: Experiment): void {
  const { run, report } = experiment.spec
  if (!Number.isSafeInteger(run.iterations) || run.iterations < 0) {
    fail('wrong-value', { name: 'run.iterations', seen: `${run.iterations}`, allowed: 'a whole number from 0' })
  }
  throwAll(checkPipelines(experiment))
  throwAll(
    checkFetches(experiment.spec, {
      modelClass: (pipeline, name) => experiment.pipelines[pipeline]!.bindings.models[name],
      sources: pipeline => experiment.pipelines[pipeline]!.bindings.sources,
    }),
  )
  const charts = chartReferences(report.charts)
  for (const ref of [...run.record, ...charts.variables.map(({ ref }) => ref)]) checkReference(experiment, ref, 'variable', variablesOf)
  for (const { ref } of charts.models) checkReference(experiment, ref, 'model', modelsOf)
  for (const name of run.turns) checkBatches(experiment, name, run.batch, run.iterations)
  for (const { pipeline, batch } of run.after) {
    if (batch.epochs === null && (batch.iterations ?? null) === null) fail('endless-after', { pipeline })
    checkBatches(experiment, pipeline, batch)
  }
}

function checkReference({ spec }: Experiment, ref: string, kind: string, namesOf: (actions: readonly PlacedAction[]) => string[]): void {
  const [pipeline, name] = splitReference(ref)
  const described = Object.hasOwn(spec.pipelines, pipeline) ? spec.pipelines[pipeline] : undefined
  if (!described) return fail('unknown-name', { kind: 'pipeline', seen: pipeline, allowed: Object.keys(spec.pipelines) })
  const allowed = namesOf([...actionsOf(described)])
  if (!allowed.includes(name)) fail('unknown-name', { kind, seen: name, allowed }, { pipeline })
}

const variablesOf: Parameters<typeof checkReference>[3] = actions =>
  actions.filter(({ name }) => name === 'initVariable').map(({ args }) => args.name as string)

const modelsOf: Parameters<typeof checkReference>[3] = actions =>
  actions.filter(({ name }) => name === 'initModel' || name === 'importModel').map(({ args }) => args.name as string)

/** Opening an order draws one permutation and loads nothing: cheap enough to be done twice. */
function checkBatches(experiment: Experiment, name: string, batch: IterateOptions, wanted = 0): void {
  const { spec, pipelines } = experiment
  const pipeline = Object.hasOwn(pipelines, name) ? pipelines[name] : undefined
  if (!pipeline) return fail('unknown-name', { kind: 'pipeline', seen: name, allowed: Object.keys(pipelines) })
  const dataset = pipeline.spec.dataset === undefined ? undefined : pipeline.bindings.datasets[pipeline.spec.dataset]
  if (!dataset) return fail('no-dataset', { seen: name }, { pipeline: name })
  const { total } = inPipelineNow(name, () => dataset.openOrder(batch, spec.seed))
  if (total !== null && total < wanted) fail('too-few-batches', { wanted, total, dataset: dataset.name }, { pipeline: name })
}
