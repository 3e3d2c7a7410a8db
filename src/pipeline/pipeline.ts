/** Class `Pipeline`: one-line methods over edits of a description. */
import type { PipelineConstructor } from './batch-methods.js'
import { checkKind, isModel, isThing } from './check-kind.js'
import { Composed } from './composed.js'
import { bind } from './description/content/bindings.js'
import { describe } from './description/content/describe.js'
import { liveName } from './description/content/live-names.js'
import type { BatchClass, Model, ModelClass } from './description/contracts.js'
import { describeMade } from './description/expressions/named.js'
import type { SaveMode } from './description/expressions/save-mode.js'
import { type GatherKind, type GatherOptions, gatherArguments } from './gather-metrics.js'
import type { PipelineOf } from './pipeline-of.js'
import type {
  Block,
  BuilderFunction,
  CallOptions,
  CallOptionsOver,
  Destination,
  ExpressionOver,
  MergeOptions,
  ModelOptions,
  ModelOptionsOver,
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
export class Pipeline<K extends BatchClass = BatchClass> extends Composed<K> {
  /**
   * Declares a variable. BatchFlow: `init_variable`.
   *
   * @example
   * data.test.p.initVariable('losses', { initOnEachRun: () => [] })
   */
  initVariable<const Options extends VariableOptions>(name: string, options: VariableOptionsOver<Options> = {} as never): PipelineOf<K> {
    const { default: value, initOnEachRun, ...others } = options as VariableOptions
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
  initVariables(variables: readonly string[] | Readonly<Record<string, VariableOptions>>): PipelineOf<K> {
    const all = Array.isArray(variables) ? variables.map(name => [name, {}] as const) : Object.entries(variables)
    return all.reduce<Pipeline<K>>((pipeline, [name, options]) => pipeline.initVariable(name, options), this) as PipelineOf<K>
  }

  /**
   * Saves a value to a variable, a component, the config, an attribute or item of one, into an array or list of your own, or to several
   * places in a list or an object. BatchFlow: `update`, `save_to`.
   *
   * @example
   * pipeline.update(V('seen'), V('seen').add(B.size)).update([V('first'), V('last')], [B('images').at(0), B('images').at(-1)])
   */
  update<const Value>(
    dst: Destination,
    value: Value & ValueOver<K, NoInfer<Value>>,
    options: { readonly mode?: SaveMode } = {},
  ): PipelineOf<K> {
    return this.addAction('update', { dst, value, ...options })
  }

  /**
   * Declares a model. `static` models are built when the pipeline starts, `dynamic` ones at its first batch. The class is a row of the
   * zoo, a `tf.LayersModel`, or a function `(config, tf) => tf.LayersModel`. BatchFlow: `init_model`.
   *
   * @example
   * data.train.p.initModel('dynamic', ResNet, 'resnet', { config: { 'body/block/se_block': true, loss: 'ce' } })
   */
  initModel<const Mode extends 'static' | 'dynamic', const Options extends ModelOptions>(
    mode: Mode,
    modelClass: ModelClass | BuilderFunction | object,
    name: string,
    options: ModelOptionsOver<K, Mode, Options> = {} as never,
  ): PipelineOf<K> {
    checkKind(
      modelClass,
      isThing,
      'the model class of initModel',
      'a model class (ResNet), a tf.LayersModel, or a function that builds one',
    )
    const wish = 'name' in modelClass && typeof modelClass.name === 'string' && modelClass.name ? modelClass.name : liveName(modelClass)
    const [bindings, className] = bind(this.bindings, 'models', wish, modelClass)
    return this.addAction('initModel', { mode, modelClass: className, name, config: {}, ...options }, {}, bindings)
  }

  /** Shares a model with the pipeline that has it (or takes a model as it is). BatchFlow: `import_model`. */
  importModel(name: string, from: Pipeline<any> | Model): PipelineOf<K> {
    checkKind(from, thing => thing instanceof Pipeline || isModel(thing), 'from of importModel', 'a pipeline or a model of one')
    const wish = from instanceof Pipeline ? from.name : name
    const [bindings, bound] = bind(this.bindings, 'pipelines', wish, from)
    return this.addAction('importModel', { name, from: bound }, {}, bindings)
  }

  /** Does one optimization step on each batch. BatchFlow: `train_model`. */
  trainModel(name: string, options: TrainOptions<K>): PipelineOf<K> {
    return this.addAction('trainModel', { name, ...options })
  }

  /**
   * Passes each batch through a model in inference mode and saves what is fetched. BatchFlow: `predict_model`.
   *
   * @example
   * pipeline.predictModel('resnet', { fetches: 'loss', feed: { images: B('images'), labels: B('labels') }, saveTo: V('losses'), mode: 'append' })
   */
  predictModel(name: string, options: PredictOptions<K>): PipelineOf<K> {
    return this.addAction('predictModel', { name, ...options })
  }

  /**
   * Compares predictions with targets and saves the metrics: of the last batch (`mode: 'write'`), of all items so far (`append`), or all
   * added up to one item (`update`). A kind by its name, or a class of metrics. BatchFlow: `gather_metrics`.
   *
   * @example
   * data.test.p
   *   .initVariable('metrics')
   *   .importModel('net', train)
   *   .predictModel('net', { fetches: 'predictions', feed: { images: B('images') }, saveTo: V('logits') })
   *   .gatherMetrics('classification', {
   *     targets: B('labels'), predictions: V('logits'), fmt: 'logits', axis: -1, saveTo: V('metrics'), mode: 'update' })
   */
  gatherMetrics<const Kind extends GatherKind>(kind: Kind, options: GatherOptions<K, Kind>): PipelineOf<K> {
    return this.addAction('gatherMetrics', gatherArguments(kind, { ...options }))
  }

  /** Calls a function with the batch, or with `args`. It may be async. BatchFlow: `call`. */
  call<const Options extends CallOptions>(
    fn: (...args: any[]) => unknown,
    options: CallOptionsOver<K, Options> = {} as never,
  ): PipelineOf<K> {
    checkKind(fn, thing => typeof thing === 'function', 'fn of call', 'a function')
    return this.addAction('call', { fn, ...options })
  }

  /**
   * Writes values in one line: texts as they are, arrays by type, shape and first elements, objects as `key=value`. `setLogger` says where
   * to, by default standard output. For each batch, or once in `before` or `after`. BatchFlow: `print`.
   *
   * @example
   * pipeline.print({ batch: I(), loss: V('loss') }, { label: 'train' })   // train: batch=1 loss=2.30259
   */
  print<const Values extends readonly unknown[]>(...values: PrintValues<K, Values>): PipelineOf<K> {
    return this.addAction('print', splitLabel(values))
  }

  /**
   * Does some actions where a condition holds, others where it does not. 0, false, null and empty text do not hold.
   *
   * @example
   * pipeline.if(I().mod(100).eq(0), p => p.saveModel('net', 'models/net'))
   */
  if(condition: ExpressionOver<K> | boolean, then: Block<K>, otherwise?: Block<K>): PipelineOf<K> {
    return this.addBlocks('if', { condition }, { then, else: otherwise })
  }

  /** Does some actions several times; arguments are evaluated in each round anew, and random values differ. BatchFlow: `p * n`. */
  repeat(times: number | ExpressionOver<K>, block: Block<K>): PipelineOf<K> {
    return this.addBlocks('repeat', { times }, { actions: block })
  }

  /**
   * Does some actions with a probability, drawn for each batch. BatchFlow: `p @ probability`.
   *
   * @example
   * pipeline.sometimes(0.5, p => p.normalize({ scale: 255 }))
   */
  sometimes(probability: number | ExpressionOver<K>, block: Block<K>): PipelineOf<K> {
    return this.addBlocks('sometimes', { probability }, { actions: block })
  }

  /** Leaves out this batch: no action behind it is done, and nobody gets it. Inside `if`, as a rule. BatchFlow: `SkipBatchException`. */
  skipBatch(): PipelineOf<K> {
    return this.addAction('skipBatch', {})
  }

  /** Ends the run as if this batch had not come. Inside `if`, as a rule. BatchFlow: `StopPipeline`. */
  stopPipeline(): PipelineOf<K> {
    return this.addAction('stopPipeline', {})
  }

  /** Makes batches of another size of those that come; the actions behind it get these. The last batch may be smaller. BatchFlow: `rebatch`. */
  rebatch(batchSize: number | ExpressionOver<K>, options: MergeOptions<K> = {}): PipelineOf<K> {
    return this.addAction('rebatch', { batchSize, ...options })
  }

  /** Writes a model into a folder: for each batch, or once in `before` or `after`. BatchFlow: `save_model`. */
  saveModel(name: string, path: string | ExpressionOver<K>): PipelineOf<K> {
    return this.addAction('saveModel', { name, path })
  }

  /** Reads a model from a folder: for each batch, or once in `before` or `after`. BatchFlow: `load_model`. */
  loadModel(name: string, path: string | ExpressionOver<K>): PipelineOf<K> {
    return this.addAction('loadModel', { name, path })
  }

  /** Declares a lock; `lock` is one that several pipelines share. BatchFlow: `init_lock`. */
  initLock(name: string, lock?: Lock): PipelineOf<K> {
    return this.addAction('initLock', { name, lock })
  }

  /** Waits for a lock and holds it until `releaseLock`, at the latest until the end of the batch. BatchFlow: `acquire_lock`. */
  acquireLock(name: string): PipelineOf<K> {
    return this.addAction('acquireLock', { name })
  }

  /** Gives a lock to whoever waits for it. BatchFlow: `release_lock`. */
  releaseLock(name: string): PipelineOf<K> {
    return this.addAction('releaseLock', { name })
  }

  protected plainClass(): PipelineConstructor<any> {
    return Pipeline
  }
}
