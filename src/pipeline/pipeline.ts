/** Class `Pipeline`: one-line methods over edits of a description. */
import type { JsonObject, JsonSchema } from '../util/json.js'
import { callSite } from './call-site.js'
import { checkKind, isModel, isThing } from './check-kind.js'
import type { PipelineOf } from './pipeline-of.js'
import type {
  BuilderFunction,
  CallOptions,
  Destination,
  ModelOptions,
  PredictOptions,
  TrainOptions,
  ValueOver,
  VariableOptions,
} from './pipeline-types.js'
import { Runnable } from './runnable.js'
import { actionTable, isActionName } from './spec/action-table.js'
import { type Bindings, bind, mergeBindings, noBindings } from './spec/bindings.js'
import { checkArguments, orderArguments } from './spec/check-arguments.js'
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
    checkKind(dataset, thing => isThing(thing) && 'openOrder' in thing, 'the dataset of setDataset', 'a dataset or a part of one')
    const [bindings, name] = bind({ ...this.bindings, datasets: {} }, 'datasets', dataset.name, dataset)
    return this.#derive(withDataset(this.spec, name), bindings)
  }

  /**
   * Declares a variable. BatchFlow: `init_variable`.
   *
   * @example
   * data.test.p.initVariable('losses', { initOnEachRun: () => [] })
   */
  initVariable(name: string, { default: value, initOnEachRun, ...others }: VariableOptions = {}): PipelineOf<K> {
    const first = typeof initOnEachRun === 'function' ? describeCall(initOnEachRun as () => unknown) : describe(initOnEachRun)
    return this.#add(
      'initVariable',
      { name, ...others },
      { ...(value !== undefined && { default: describe(value) }), ...(initOnEachRun !== undefined && { initOnEachRun: first }) },
    )
  }

  /**
   * Saves a value to a variable, a component or an item of one. BatchFlow: `update`.
   *
   * @example
   * pipeline.update(V('seen'), V('seen').add(B.size))
   */
  update<Value>(dst: Destination, value: ValueOver<K, Value>, options: { readonly mode?: SaveMode } = {}): PipelineOf<K> {
    return this.#add('update', { dst, value, ...options })
  }

  /**
   * Declares a model. `static` models are built when the pipeline starts, `dynamic` ones at its first batch. The class is a row of the
   * zoo, a `tf.LayersModel`, or a function `(config, tf) => tf.LayersModel`. BatchFlow: `init_model`.
   *
   * @example
   * data.train.p.initModel('dynamic', ResNet, 'resnet', { config: { 'body/block/se_block': true, loss: 'ce' } })
   */
  initModel(
    mode: 'static' | 'dynamic',
    modelClass: ModelClass | BuilderFunction | object,
    name: string,
    options: ModelOptions = {},
  ): PipelineOf<K> {
    checkKind(
      modelClass,
      isThing,
      'the model class of initModel',
      'a model class (ResNet), a tf.LayersModel, or a function that builds one',
    )
    const wish = 'name' in modelClass && typeof modelClass.name === 'string' && modelClass.name ? modelClass.name : functionName(modelClass)
    const [bindings, className] = bind(this.bindings, 'models', wish, modelClass)
    return this.#add('initModel', { mode, modelClass: className, name, config: {}, ...options }, {}, bindings)
  }

  /** Shares a model with the pipeline that has it (or takes a model as it is). BatchFlow: `import_model`. */
  importModel(name: string, from: Pipeline<any> | Model): PipelineOf<K> {
    checkKind(from, thing => thing instanceof Pipeline || isModel(thing), 'from of importModel', 'a pipeline or a model of one')
    const wish = from instanceof Pipeline ? from.name : name
    const [bindings, bound] = bind(this.bindings, 'pipelines', wish, from)
    return this.#add('importModel', { name, from: bound }, {}, bindings)
  }

  /** Does one optimization step on each batch. BatchFlow: `train_model`. */
  trainModel(name: string, options: TrainOptions<K>): PipelineOf<K> {
    return this.#add('trainModel', { name, ...options })
  }

  /**
   * Passes each batch through a model in inference mode and saves what is fetched. BatchFlow: `predict_model`.
   *
   * @example
   * pipeline.predictModel('resnet', { fetches: 'loss', feed: { images: B('images'), labels: B('labels') }, saveTo: V('losses'), mode: 'append' })
   */
  predictModel(name: string, options: PredictOptions<K>): PipelineOf<K> {
    return this.#add('predictModel', { name, ...options })
  }

  /** Calls a function with the batch, or with `args`. It may be async. BatchFlow: `call`. */
  call(fn: (...args: any[]) => unknown, options: CallOptions<K> = {}): PipelineOf<K> {
    checkKind(fn, thing => typeof thing === 'function', 'fn of call', 'a function')
    return this.#add('call', { fn, ...options })
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
    const source = callSite()
    const place = { pipeline: this.name, action: { number: this.spec.actions.length + 1, name }, ...(source && { source }) }
    const schema = schemaOf(name, this.spec.dataset === undefined ? undefined : bindings.datasets[this.spec.dataset])
    checkArguments(name, json, schema, place)
    const added = mergeBindings(bindings, { ...noBindings, values, sources: [source] })
    return this.#derive(appendAction(this.spec, name, isActionName(name) ? orderArguments(json, schema) : json), added)
  }
}

/** The schema of an action's arguments: of the action table, or of the dataset's batch class. */
function schemaOf(name: string, dataset: SourceDataset<any> | undefined): JsonSchema {
  return isActionName(name) ? actionTable[name].schema : (dataset?.batchClass.actions[name]?.schema ?? {})
}
