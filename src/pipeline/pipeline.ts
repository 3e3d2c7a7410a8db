/** Class `Pipeline`: one-line methods over edits of a description. */
import type { PipelineConstructor } from './batch-methods.js'
import { checkKind, isModel, isThing } from './check-kind.js'
import { Composed } from './composed.js'
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
import type { Lock } from './run/lock.js'
import { bind } from './spec/bindings.js'
import type { BatchClass, Model, ModelClass } from './spec/contracts.js'
import { describe, describeMade } from './spec/describe.js'
import { liveName } from './spec/live-names.js'
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

  /**
   * Lets other pipelines work on the items of the same ids in their datasets. Their batches go to the next batch action
   * (`context.joined`) or `call` (further arguments). BatchFlow: `join`.
   *
   * @example
   * images.p.join(masks.p.normalize({ scale: 255 })).call((batch, masked) => batch.set('masks', masked.images))
   */
  join(...pipelines: readonly Composed<any>[]): PipelineOf<K> {
    return this.#withPipelines('join', pipelines, {})
  }

  /** Takes the next batch of other pipelines, by what they store with `runLater`, and puts their items behind those of this batch. BatchFlow: `merge`. */
  merge(...args: readonly [...pipelines: Composed<any>[], options: MergeOptions<K>] | readonly Composed<any>[]): PipelineOf<K> {
    const last = args.at(-1)
    const { components } = last instanceof Composed ? {} : ((last ?? {}) as MergeOptions<K>)
    const pipelines = last instanceof Composed ? args : args.slice(0, -1)
    return this.#withPipelines('merge', pipelines as readonly Composed<any>[], { components })
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

  #withPipelines(action: string, pipelines: readonly Composed<any>[], options: object): PipelineOf<K> {
    let { bindings } = this
    const names = pipelines.map(pipeline => {
      checkKind(pipeline, thing => thing instanceof Composed, `what ${action} takes`, 'pipelines')
      const [more, name] = bind(bindings, 'pipelines', pipeline.name, pipeline)
      bindings = more
      return name
    })
    return this.addAction(action, { pipelines: names, ...options }, {}, bindings)
  }
}
