/** Class `Pipeline`: one-line methods over edits of a description. */
import type { JsonObject } from '../util/json.js'
import { callSite } from './call-site.js'
import type { PipelineOf } from './pipeline-of.js'
import type {
  CallOptions,
  Destination,
  ExpressionOver,
  ModelOptions,
  PredictOptions,
  TrainOptions,
  VariableOptions,
} from './pipeline-types.js'
import { Runnable } from './runnable.js'
import { type Bindings, bind, mergeBindings, noBindings } from './spec/bindings.js'
import type { BatchClass, Model, ModelClass, SourceDataset } from './spec/contracts.js'
import { describe, describeCall } from './spec/describe.js'
import { appendAction, withConfig, withDataset } from './spec/edits.js'
import { functionName } from './spec/named.js'
import type { PipelineSpec } from './spec/pipeline-spec.js'
import type { SaveMode } from './spec/save-mode.js'

/**
 * What is done with each batch of a dataset, described and then run. Every method that adds an action gives a new frozen pipeline;
 * nothing runs before `run`, `nextBatch`, `genBatch` or `batches$`. Actions of the dataset's batch class are methods too. BatchFlow:
 * `Pipeline`.
 *
 * Errors name the pipeline, the action and its number, the batch, and the line that wrote the action.
 *
 * @example
 * const train = data.train.p
 *   .normalize({ scale: 255 })
 *   .initModel('dynamic', ResNet, 'resnet', { config })
 *   .trainModel('resnet', { feed: { images: B('images'), labels: B('labels') } })
 * await train.run(300, { epochs: 2, shuffle: 2 })
 */
export class Pipeline<K extends BatchClass = BatchClass> extends Runnable<K> {
  /** The same pipeline under a name, for errors and reports. Each pipeline has its own variables, models and position. */
  named(name: string): PipelineOf<K> {
    return this.#derive(this.spec, this.bindings, name)
  }

  /** Puts entries over the config that `C('path')` reads. BatchFlow: `set_config`. */
  setConfig(config: Readonly<Record<string, unknown>>): PipelineOf<K> {
    const { json, values } = describe(config)
    return this.#derive(withConfig(this.spec, json as JsonObject), mergeBindings(this.bindings, { ...noBindings, values }))
  }

  /** The same actions over another dataset of the same batch class. BatchFlow: `set_dataset`, `<<`. */
  setDataset(dataset: SourceDataset<K>): PipelineOf<K> {
    const [bindings, name] = bind({ ...this.bindings, datasets: {} }, 'datasets', dataset.name, dataset)
    return this.#derive(withDataset(this.spec, name), bindings)
  }

  /**
   * Declares a variable. BatchFlow: `init_variable`.
   *
   * @example
   * data.test.p.initVariable('losses', { initOnEachRun: () => [] })
   */
  initVariable(name: string, { default: value, initOnEachRun }: VariableOptions = {}): PipelineOf<K> {
    const first = typeof initOnEachRun === 'function' ? describeCall(initOnEachRun as () => unknown) : describe(initOnEachRun)
    return this.#add(
      'initVariable',
      { name },
      { ...(value !== undefined && { default: describe(value) }), ...(initOnEachRun !== undefined && { initOnEachRun: first }) },
    )
  }

  /**
   * Saves a value to a variable, a component or an item of one. BatchFlow: `update`.
   *
   * @example
   * pipeline.update(V('seen'), V('seen').add(B.size))
   */
  update(dst: Destination, value: ExpressionOver<K> | unknown, { mode }: { readonly mode?: SaveMode } = {}): PipelineOf<K> {
    return this.#add('update', { dst, value, mode })
  }

  /**
   * Declares a model. `static` models are built when the pipeline starts, `dynamic` ones at its first batch. The class is a row of the
   * zoo, a `tf.LayersModel`, or a function `(config, tf) => tf.LayersModel`. BatchFlow: `init_model`.
   *
   * @example
   * data.train.p.initModel('dynamic', ResNet, 'resnet', { config: { 'body/block/se_block': true, loss: 'ce' } })
   */
  initModel(mode: 'static' | 'dynamic', modelClass: ModelClass | object, name: string, { config = {} }: ModelOptions = {}): PipelineOf<K> {
    const wish = 'name' in modelClass && typeof modelClass.name === 'string' && modelClass.name ? modelClass.name : functionName(modelClass)
    const [bindings, className] = bind(this.bindings, 'models', wish, modelClass)
    return this.#add('initModel', { mode, modelClass: className, name, config }, {}, bindings)
  }

  /** Shares a model with the pipeline that has it (or takes a model as it is). BatchFlow: `import_model`. */
  importModel(name: string, from: Pipeline<any> | Model): PipelineOf<K> {
    const wish = from instanceof Pipeline ? from.name : name
    const [bindings, bound] = bind(this.bindings, 'pipelines', wish, from)
    return this.#add('importModel', { name, from: bound }, {}, bindings)
  }

  /** Does one optimization step on each batch. BatchFlow: `train_model`. */
  trainModel(name: string, { feed, fetches, saveTo, mode }: TrainOptions<K>): PipelineOf<K> {
    return this.#add('trainModel', { name, feed, fetches, saveTo, mode })
  }

  /**
   * Passes each batch through a model in inference mode and saves what is fetched. BatchFlow: `predict_model`.
   *
   * @example
   * pipeline.predictModel('resnet', { fetches: 'loss', feed: { images: B('images'), labels: B('labels') }, saveTo: V('losses'), mode: 'append' })
   */
  predictModel(name: string, { feed, fetches, saveTo, mode }: PredictOptions<K>): PipelineOf<K> {
    return this.#add('predictModel', { name, feed, fetches, saveTo, mode })
  }

  /** Calls a function with the batch, or with `args`. It may be async. BatchFlow: `call`. */
  call(fn: (...args: any[]) => unknown, { args, saveTo, mode }: CallOptions<K> = {}): PipelineOf<K> {
    return this.#add('call', { fn, args, saveTo, mode })
  }

  #derive(spec: PipelineSpec, bindings: Bindings, name = this.name): PipelineOf<K> {
    return new (this.constructor as new (name: string, spec: PipelineSpec, bindings: Bindings) => PipelineOf<K>)(name, spec, bindings)
  }

  /** @internal The pipeline with one more action: its arguments become plain data, what is live in them is bound. */
  protected addAction(name: string, args: Readonly<Record<string, unknown>>): PipelineOf<K> {
    return this.#add(name, args)
  }

  #add(
    name: string,
    args: Readonly<Record<string, unknown>>,
    described: Readonly<Record<string, ReturnType<typeof describe>>> = {},
    bindings = this.bindings,
  ): PipelineOf<K> {
    const plain = describe(args)
    const extra = Object.entries(described)
    const json = { ...(plain.json as JsonObject), ...Object.fromEntries(extra.map(([key, { json }]) => [key, json])) }
    const values = Object.assign({}, plain.values, ...extra.map(([, { values }]) => values))
    const added = mergeBindings(bindings, { ...noBindings, values, sources: [callSite()] })
    return this.#derive(appendAction(this.spec, name, json), added)
  }
}
