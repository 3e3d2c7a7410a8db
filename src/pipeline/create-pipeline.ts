/** Pipelines over a batch class, with its actions as methods. */
import { classOver } from './batch-methods.js'
import { type Bindings, bind, noBindings } from './description/content/bindings.js'
import { emptySpec } from './description/content/edits.js'
import type { PipelineSpec } from './description/content/pipeline-spec.js'
import type { SourceMap } from './description/content/visit-actions.js'
import type { BatchClass, SourceDataset } from './description/contracts.js'
import { Pipeline, type PipelineOf } from './pipeline.js'

/** Returns a new empty pipeline bound to a dataset. `dataset.p` calls this. */
export function createPipeline<K extends BatchClass>(dataset: SourceDataset<K>, name = 'pipeline'): PipelineOf<K, never> {
  const [bindings, bound] = bind({ ...noBindings, batchClass: dataset.batchClass }, 'datasets', dataset.name, dataset)
  return new (classOver(Pipeline, dataset.batchClass))(name, emptySpec(bound), bindings) as PipelineOf<K, never>
}

/**
 * Returns a pipeline without a dataset, written once and bound to datasets with `on`. With a batch class, its actions are methods,
 * and expressions are checked against its components. Read what varies from the config with `C`.
 *
 * @example
 * const augment = template(ImagesBatch).normalize({ scale: C('scale') })
 * const train = augment.setConfig({ scale: 255 }).on(data.train)
 * const both = data.train.p.concat(augment)
 *
 * BatchFlow: `Pipeline()`.
 */
export function template(): Pipeline
export function template<K extends BatchClass>(batchClass: K): PipelineOf<K>
export function template(batchClass?: BatchClass): Pipeline<any> {
  const bindings = batchClass ? { ...noBindings, batchClass } : noBindings
  return new (batchClass ? classOver(Pipeline, batchClass) : Pipeline)('template', emptySpec(), bindings)
}

/** Live pipelines for several specs that may import models from each other. `sources` holds where their actions are written. */
export function instantiatePipelines(
  specs: Readonly<Record<string, PipelineSpec>>,
  live: Pick<Bindings, 'datasets' | 'models' | 'modules'>,
  sources: Readonly<Record<string, SourceMap>> = {},
): Readonly<Record<string, Pipeline<any>>> {
  const pipelines: Record<string, Pipeline<any>> = {}
  for (const [name, spec] of Object.entries(specs)) {
    const dataset = spec.dataset === undefined ? undefined : live.datasets[spec.dataset]
    const Class = dataset === undefined ? Pipeline : classOver(Pipeline, dataset.batchClass)
    pipelines[name] = new Class(name, spec, { ...noBindings, ...live, pipelines, sources: sources[name] ?? {} })
  }
  return pipelines
}
