/** What can be known to be wrong before the first batch, so that a mistake costs nothing. */
import { fail } from '../../errors/index.js'
import { declaredNames } from '../../pipeline/description/checks/check-names.js'
import { actionParts } from '../../pipeline/description/content/pipeline-spec.js'
import { rowOf } from '../../pipeline/description/content/visit-actions.js'
import type { GivenRunOptions } from '../../pipeline/index.js'
import { chartReferences } from '../../report/index.js'
import type { Experiment } from '../experiment.js'
import { inPipelineNow } from '../in-pipeline.js'
import { batchesOf } from '../run/batches-of.js'
import { splitReference } from '../run/recorder.js'
import { throwAll } from '../write.js'
import { checkFetches } from './check-fetches.js'
import { checkPipelines } from './check-pipelines.js'

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
  for (const ref of [...run.record, ...charts.variables.map(({ ref }) => ref)]) checkReference(experiment, ref, 'variable')
  for (const { ref } of charts.models) checkReference(experiment, ref, 'model')
  for (const name of run.turns) checkBatches(experiment, name, batchesOf(experiment.spec, name), run.iterations)
  for (const { pipeline, batch } of run.after) {
    if (batch.epochs === null && (batch.iterations ?? null) === null) fail('endless-after', { pipeline })
    checkBatches(experiment, pipeline, batch)
  }
}

function checkReference({ spec }: Experiment, ref: string, kind: 'variable' | 'model'): void {
  const [pipeline, name] = splitReference(ref)
  const described = Object.hasOwn(spec.pipelines, pipeline) ? spec.pipelines[pipeline] : undefined
  if (!described) return fail('unknown-name', { kind: 'pipeline', seen: pipeline, allowed: Object.keys(spec.pipelines) })
  const allowed = declaredNames(described, kind)
  if (!allowed.includes(name)) fail('unknown-name', { kind, seen: name, allowed }, { pipeline })
}

/** Opening an order draws one permutation and loads nothing: cheap enough to be done twice. */
function checkBatches(experiment: Experiment, name: string, batch: GivenRunOptions, wanted = 0): void {
  const { pipelines } = experiment
  const pipeline = Object.hasOwn(pipelines, name) ? pipelines[name] : undefined
  if (!pipeline) return fail('unknown-name', { kind: 'pipeline', seen: name, allowed: Object.keys(pipelines) })
  const { dataset: of, datasetFrom } = pipeline.spec
  if (datasetFrom !== undefined) return
  const dataset = of === undefined ? undefined : pipeline.bindings.datasets[of]
  if (!dataset) return fail('no-dataset', { seen: name }, { pipeline: name })
  const { seed = 0, prefetch: _, ...options } = inPipelineNow(name, () => pipeline.toRunOptions(batch))
  const { total } = inPipelineNow(name, () => dataset.openOrder(options, seed))
  // How many batches are made of others, and how many are left out, is seen when they come.
  if (pipeline.spec.actions.some(action => rowOf(actionParts(action)[0])?.changesBatches)) return
  if (total !== null && total < wanted) fail('too-few-batches', { wanted, total, dataset: dataset.name }, { pipeline: name })
}
