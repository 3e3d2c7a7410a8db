/** Class `Pipeline`: one-line methods over edits of a description. */
import type { PipelineConstructor } from './batch-methods.js'
import { checkKind, checkOptions, isModel, isModelSource } from './check-kind.js'
import { Composed } from './composed.js'
import { bind } from './description/content/bindings.js'
import { describe } from './description/content/describe.js'
import { liveName } from './description/content/live-names.js'
import type { BatchClass, ConfigOf, Model } from './description/contracts.js'
import { describeMade } from './description/expressions/letters/values.js'
import type { AnyName, Variable } from './description/expressions/names.js'
import type { SaveMode } from './description/expressions/save-mode.js'
import { type GatherKind, type GatherOptions, gatherArguments } from './gather-metrics.js'
import type { FirstValue, Plus, SavedTo, VariablesOf } from './pipeline-names.js'
import type { PipelineOf } from './pipeline-of.js'
import type {
  CallOptions,
  CallOptionsOver,
  Destination,
  ExpressionOver,
  MergeOptions,
  ModelOptions,
  ModelOptionsOver,
  ModelSource,
  PredictOptions,
  PrintValues,
  TrainOptions,
  ValueOver,
  VariableOptions,
  VariableOptionsOver,
} from './pipeline-types.js'
import { splitLabel } from './print-arguments.js'
import type { Lock } from './run/session/lock.js'

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
export class Pipeline<K extends BatchClass = BatchClass, Names extends AnyName = any> extends Composed<K, Names> {
  /**
   * Declares a variable. BatchFlow: `init_variable`.
   *
   * @example
   * data.test.p.initVariable('losses', { initOnEachRun: () => [] })
   */
  initVariable<const Name extends string, const Options = {}>(
    name: Name,
    options?: VariableOptionsOver<Names, Options>,
  ): PipelineOf<K, Plus<Names, Variable<Name, FirstValue<Options>>>> {
    const { default: value, initOnEachRun, ...others } = checkOptions('initVariable', options) as VariableOptions
    return this.addAction(
      'initVariable',
      { name, ...others },
      {
        ...(value !== undefined && { default: describe(value) }),
        ...(initOnEachRun !== undefined && { initOnEachRun: describeMade(initOnEachRun) }),
      },
    )
  }

  /** Declares several variables: by their names, or with options for each. BatchFlow: `init_variables`. */
  initVariables<const Variables extends readonly string[] | Readonly<Record<string, VariableOptions>>>(
    variables: Variables,
  ): PipelineOf<K, Plus<Names, VariablesOf<Variables>>> {
    const all = Array.isArray(variables) ? variables.map(name => [name, {}] as const) : Object.entries(variables)
    return all.reduce<Pipeline<K, any>>((pipeline, [name, options]) => pipeline.initVariable(name, options), this) as never
  }

  /**
   * Saves a value to a variable, a component, the config, an attribute or item of one, into an array or list of your own, or to several
   * places in a list or an object. BatchFlow: `update`, `save_to`.
   *
   * @example
   * pipeline.update(V('seen'), V('seen').add(B.size)).update([V('first'), V('last')], [B('images').at(0), B('images').at(-1)])
   */
  update<const To extends Destination<Names>, const Value>(
    dst: To,
    value: Value & ValueOver<K, Names, NoInfer<Value>>,
    options?: { readonly mode?: SaveMode },
  ): PipelineOf<K, Plus<Names, SavedTo<K, To>>> {
    return this.addAction('update', { dst, value, ...checkOptions('update', options) })
  }

  /**
   * Declares a model. `static` models are built when the pipeline starts, `dynamic` ones at its first batch. The class is a row of the
   * zoo, a `tf.LayersModel`, or a function `(config, tf) => tf.LayersModel`. BatchFlow: `init_model`.
   *
   * @example
   * data.train.p.initModel('dynamic', ResNet, 'resnet', { config: { 'body/block/se_block': true, loss: 'ce' } })
   */
  initModel<const Mode extends 'static' | 'dynamic', M extends ModelSource, const Options extends ModelOptions<ConfigOf<M>>>(
    mode: Mode,
    modelClass: M,
    name: string,
    options?: ModelOptionsOver<K, Names, Mode, M, Options>,
  ): PipelineOf<K, Names> {
    checkKind(
      modelClass,
      isModelSource,
      'the model class of initModel',
      'a model class (ResNet), a tf.LayersModel, or a function that builds one',
    )
    const wish = 'name' in modelClass && typeof modelClass.name === 'string' && modelClass.name ? modelClass.name : liveName(modelClass)
    const [bindings, className] = bind(this.bindings, 'models', wish, modelClass)
    return this.addAction(
      'initModel',
      { mode, modelClass: className, name, config: {}, ...checkOptions('initModel', options) },
      {},
      bindings,
    )
  }

  /** Shares a model with the pipeline that has it (or takes a model as it is). BatchFlow: `import_model`. */
  importModel(name: string, from: Pipeline<any, any> | Model): PipelineOf<K, Names> {
    checkKind(from, thing => thing instanceof Pipeline || isModel(thing), 'from of importModel', 'a pipeline or a model of one')
    const wish = from instanceof Pipeline ? from.name : name
    const [bindings, bound] = bind(this.bindings, 'pipelines', wish, from)
    return this.addAction('importModel', { name, from: bound }, {}, bindings)
  }

  /** Does one optimization step on each batch. BatchFlow: `train_model`. */
  trainModel<const To extends Destination<Names> = never>(
    name: string,
    options: TrainOptions<K, Names, To>,
  ): PipelineOf<K, Plus<Names, SavedTo<K, To>>> {
    return this.addAction('trainModel', { name, ...checkOptions('trainModel', options) })
  }

  /**
   * Passes each batch through a model in inference mode and saves what is fetched. BatchFlow: `predict_model`.
   *
   * @example
   * pipeline.predictModel('resnet', { fetches: 'loss', feed: { images: B('images'), labels: B('labels') }, saveTo: V('losses'), mode: 'append' })
   */
  predictModel<const To extends Destination<Names>>(
    name: string,
    options: PredictOptions<K, Names, To>,
  ): PipelineOf<K, Plus<Names, SavedTo<K, To>>> {
    return this.addAction('predictModel', { name, ...checkOptions('predictModel', options) })
  }

  /**
   * Compares predictions with targets and saves the metrics: of the last batch (`mode: 'write'`), of all items so far (`append`), or all
   * added up to one item (`update`). A kind by its name, or a class of metrics. BatchFlow: `gather_metrics`.
   *
   * @example
   * data.test.p
   *   .initVariables(['logits', 'metrics'])
   *   .importModel('net', train)
   *   .predictModel('net', { fetches: 'predictions', feed: { images: B('images') }, saveTo: V('logits') })
   *   .gatherMetrics('classification', {
   *     targets: B('labels'), predictions: V('logits'), fmt: 'logits', axis: -1, saveTo: V('metrics'), mode: 'update' })
   */
  gatherMetrics<const Kind extends GatherKind, const To extends Destination<Names>>(
    kind: Kind,
    options: GatherOptions<K, Names, Kind, To>,
  ): PipelineOf<K, Plus<Names, SavedTo<K, To>>> {
    return this.addAction('gatherMetrics', gatherArguments(kind, checkOptions('gatherMetrics', options)))
  }

  /** Calls a function with the batch, or with `args`. It may be async. BatchFlow: `call`. */
  call<const Options extends CallOptions<Names> = {}>(
    fn: (...args: any[]) => unknown,
    options?: CallOptionsOver<K, Names, Options>,
  ): PipelineOf<K, Plus<Names, SavedTo<K, Options['saveTo']>>> {
    checkKind(fn, thing => typeof thing === 'function', 'fn of call', 'a function')
    return this.addAction('call', { fn, ...checkOptions('call', options) })
  }

  /**
   * Writes values in one line: texts as they are, arrays by type, shape and first elements, objects as `key=value`. `setLogger` says where
   * to, by default standard output. For each batch, or once in `before` or `after`. BatchFlow: `print`.
   *
   * @example
   * pipeline.print({ batch: I(), loss: V('loss') }, { label: 'train' })   // train: batch=1 loss=2.30259
   */
  print<const Values extends readonly unknown[]>(...values: PrintValues<K, Names, Values>): PipelineOf<K, Names> {
    return this.addAction('print', splitLabel(values))
  }

  /** Leaves out this batch: no action behind it is done, and nobody gets it. Inside `if`, as a rule. BatchFlow: `SkipBatchException`. */
  skipBatch(): PipelineOf<K, Names> {
    return this.addAction('skipBatch', {})
  }

  /** Ends the run as if this batch had not come. Inside `if`, as a rule. BatchFlow: `StopPipeline`. */
  stopPipeline(): PipelineOf<K, Names> {
    return this.addAction('stopPipeline', {})
  }

  /** Makes batches of another size of those that come; the actions behind it get these. The last batch may be smaller. BatchFlow: `rebatch`. */
  rebatch(batchSize: number | ExpressionOver<K, Names>, options?: MergeOptions<K>): PipelineOf<K, Names> {
    return this.addAction('rebatch', { batchSize, ...checkOptions('rebatch', options) })
  }

  /** Writes a model into a folder: for each batch, or once in `before` or `after`. BatchFlow: `save_model`. */
  saveModel(name: string, path: string | ExpressionOver<K, Names>): PipelineOf<K, Names> {
    return this.addAction('saveModel', { name, path })
  }

  /** Reads a model from a folder: for each batch, or once in `before` or `after`. BatchFlow: `load_model`. */
  loadModel(name: string, path: string | ExpressionOver<K, Names>): PipelineOf<K, Names> {
    return this.addAction('loadModel', { name, path })
  }

  /** Declares a lock; `lock` is one that several pipelines share. BatchFlow: `init_lock`. */
  initLock(name: string, lock?: Lock): PipelineOf<K, Names> {
    return this.addAction('initLock', { name, lock })
  }

  /** Waits for a lock and holds it until `releaseLock`, at the latest until the end of the batch. BatchFlow: `acquire_lock`. */
  acquireLock(name: string): PipelineOf<K, Names> {
    return this.addAction('acquireLock', { name })
  }

  /** Gives a lock to whoever waits for it. BatchFlow: `release_lock`. */
  releaseLock(name: string): PipelineOf<K, Names> {
    return this.addAction('releaseLock', { name })
  }

  protected plainClass(): PipelineConstructor<any> {
    return Pipeline
  }
}
