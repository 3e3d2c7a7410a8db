/** Pipelines over a batch class, with its actions as methods. */
import { fail } from '../errors/index.js'
import { Pipeline } from './pipeline.js'
import type { ActionMethods } from './pipeline-types.js'
import { type Bindings, bind, noBindings } from './spec/bindings.js'
import type { BatchClass, SourceDataset } from './spec/contracts.js'
import { emptySpec } from './spec/edits.js'
import type { PipelineSpec } from './spec/pipeline-spec.js'

/** A pipeline and the actions of its batch class: `Pipeline` + `ActionMethods`. */
export type PipelineOf<K extends BatchClass> = Pipeline<K> & ActionMethods<K, Pipeline<K> & ActionMethods<K, any>>

type PipelineConstructor = new (name: string, spec: PipelineSpec, bindings: Bindings) => Pipeline<any>

const classes = new WeakMap<BatchClass, PipelineConstructor>()

/** The class of pipelines over a batch class: one method for each row of its action table. */
function classFor(batchClass: BatchClass): PipelineConstructor {
  const known = classes.get(batchClass)
  if (known) return known
  const made = class extends Pipeline<any> {}
  for (const action of Object.keys(batchClass.actions)) {
    if (action in Pipeline.prototype) fail('reserved-name', { action, batchClass: batchClass.name })
    Object.defineProperty(made.prototype, action, {
      value(this: Pipeline<any>, options: Readonly<Record<string, unknown>> = {}) {
        return this.addAction(action, options)
      },
    })
  }
  classes.set(batchClass, made)
  return made
}

/** A new empty pipeline bound to a dataset. `dataset.p` calls this. */
export function createPipeline<K extends BatchClass>(dataset: SourceDataset<K>, name = 'pipeline'): PipelineOf<K> {
  const [bindings, bound] = bind(noBindings, 'datasets', dataset.name, dataset)
  return new (classFor(dataset.batchClass))(name, emptySpec(bound), bindings) as PipelineOf<K>
}

/** Live pipelines for several specs that may import models from each other. */
export function instantiatePipelines(
  specs: Readonly<Record<string, PipelineSpec>>,
  live: Pick<Bindings, 'datasets' | 'models'>,
): Readonly<Record<string, Pipeline<any>>> {
  const pipelines: Record<string, Pipeline<any>> = {}
  for (const [name, spec] of Object.entries(specs)) {
    const dataset = spec.dataset === undefined ? undefined : live.datasets[spec.dataset]
    const Class = dataset === undefined ? Pipeline : classFor(dataset.batchClass)
    pipelines[name] = new Class(name, spec, { ...noBindings, datasets: live.datasets, models: live.models, pipelines })
  }
  return pipelines
}
