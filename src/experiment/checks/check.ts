/** Finds mistakes before the first batch, so that they cost nothing. */
import { type DetailsOf, type ErrorCode, fail, MillraceError } from '../../errors/index.js'
import { models as zoo } from '../../models/zoo/models.js'
import { experimentProblems, pipelineProblems } from '../../pipeline/description/checks/check-experiment.js'
import { datasetScope, toError } from '../../pipeline/description/checks/name-errors.js'
import { actionParts } from '../../pipeline/description/content/pipeline-spec.js'
import { rowOf } from '../../pipeline/description/content/visit-actions.js'
import type { GivenRunOptions } from '../../pipeline/index.js'
import { chartTable } from '../../report/index.js'
import type { JsonObject } from '../../util/json.js'
import type { Experiment } from '../experiment.js'
import { inPipelineNow } from '../in-pipeline.js'
import { modelClassOf } from '../models.js'
import { batchesOf } from '../run/batches-of.js'
import { passOptions } from '../run/pass.js'
import { throwAll } from '../write.js'
import { checkOwnOptions } from './check-own-options.js'
import { checkPasses } from './check-passes.js'
import { checkTables } from './check-tables.js'

/**
 * Checks the names in pipelines, `run` and `report`, and that every pipeline can take its batches.
 *
 * @throws MillraceError `unknown-name`, `not-initialised`, …, `wrong-value`, and what datasets throw, e.g. `batch-too-large`
 */
export function checkExperiment(experiment: Experiment): void {
  const { run } = experiment.spec
  if (!Number.isSafeInteger(run.iterations) || run.iterations < 0) {
    fail('wrong-value', { name: 'run.iterations', seen: `${run.iterations}`, allowed: 'an integer from 0' })
  }
  throwAll(nameErrors(experiment))
  const sources = (pipeline: string) => experiment.pipelines[pipeline]!.bindings.sources
  const batchClass = (pipeline: string) =>
    datasetOf(experiment, pipeline)?.batchClass ?? experiment.pipelines[pipeline]!.bindings.batchClass
  const own = { batchClass, sources }
  throwAll([...checkOwnOptions(experiment.spec, own), ...checkTables(experiment.spec, own)])
  throwAll(
    checkPasses(experiment.spec, {
      modelClass: (pipeline, model) => modelClassOf(model, experiment.pipelines[pipeline]!.bindings),
      sources,
      components: pipeline => datasetScope(datasetOf(experiment, pipeline)),
    }),
  )
  for (const name of run.turns) checkBatches(experiment, name, batchesOf(experiment.spec, name), run.iterations)
  for (const pass of run.every ?? []) checkBatches(experiment, pass.pipeline, passOptions(experiment.spec, pass))
  for (const { pipeline, batch } of run.after) checkBatches(experiment, pipeline, batch)
}

/** The dataset of a pipeline, if its description names one. */
function datasetOf({ spec, pipelines }: Experiment, pipeline: string) {
  const { dataset } = spec.pipelines[pipeline]!
  return dataset === undefined ? undefined : pipelines[pipeline]!.bindings.datasets[dataset]
}

/** Every name that leads nowhere. A pipeline that only runs at the end is checked with the others. */
function nameErrors(experiment: Experiment): readonly MillraceError[] {
  const { spec, pipelines, source } = experiment
  const described = new Map(Object.entries(spec.pipelines))
  const inside = [...described].flatMap(([name]) => {
    const { bindings } = pipelines[name]!
    const around = datasetScope(datasetOf(experiment, name))
    const modelClasses = Object.keys(bindings.models)
    const configClasses = [...new Set([...modelClasses, ...Object.keys(zoo)])]
    return pipelineProblems(described, name, { ...around, modelClasses, configClasses })
  })
  const written = { pipelines: described, run: spec.run as unknown as JsonObject, charts: spec.report.charts }
  return [...inside, ...experimentProblems(written, chartTable)].map(problem => {
    const [section, name, ...path] = problem.path
    if (section === 'pipelines') return toError({ ...problem, path }, `${name}`, spec.pipelines[name!]!, pipelines[name!]!.bindings.sources)
    return new MillraceError<ErrorCode>(problem.code, problem.details as DetailsOf<ErrorCode>, source ? { source } : {})
  })
}

/** Opening an order draws one permutation and loads nothing: cheap enough to do twice. */
function checkBatches(experiment: Experiment, name: string, batch: GivenRunOptions, wanted = 0): void {
  const pipeline = experiment.pipelines[name]!
  if (pipeline.spec.dataset === undefined) return
  const dataset = pipeline.bindings.datasets[pipeline.spec.dataset]
  if (!dataset) return fail('no-dataset', { seen: name }, { pipeline: name })
  const { seed = 0, prefetch: _, ...options } = inPipelineNow(name, () => pipeline.toRunOptions(batch))
  const { total } = inPipelineNow(name, () => dataset.openOrder(options, seed))
  // How many batches are made from others or skipped is known only when they come.
  if (pipeline.spec.actions.some(action => rowOf(actionParts(action)[0])?.changesBatches)) return
  if (total !== null && total < wanted) fail('too-few-batches', { wanted, total, dataset: dataset.name }, { pipeline: name })
}
