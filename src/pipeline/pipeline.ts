/** Class `Pipeline`: what is written, documented method by method. */
import { fail } from '../errors/index.js'
import { Config } from '../util/config.js'
import type { JsonObject } from '../util/json.js'
import type { NdArray } from '../util/nd-array.js'
import { classOver, type PipelineConstructor } from './batch-methods.js'
import { checkKind, checkOptions, isModel, isModelSource, isThing, toVariableOptions } from './check-kind.js'
import { bindDescribed } from './description/content/bind-described.js'
import { bind } from './description/content/bindings.js'
import { type Described, describe } from './description/content/describe.js'
import { emptySpec, withBatch, withConfig, withDataset } from './description/content/edits.js'
import { concatenated, type Part } from './description/content/parts.js'
import type { BatchClass, Model, SourceDataset } from './description/contracts.js'
import { Expression } from './description/expressions/expression.js'
import { describeMade } from './description/expressions/letters/values.js'
import type { AnyName, Variable } from './description/expressions/names.js'
import type { SaveMode } from './description/expressions/save-mode.js'
import { type GatherKind, type GatherOptions, gatherArguments } from './gather-metrics.js'
import type { ActionsFor, AnyPipeline, FirstValue, NamesOf, SavedAs, SavedTo, UsedBy, VariablesOf } from './pipeline-names.js'
import type {
  BatchlessExpression,
  CallOptions,
  CallOptionsOver,
  Destination,
  Evaluated,
  ExpressionOver,
  GetWeightsOptions,
  MergeOptions,
  ModelIn,
  ModelOptions,
  ModelOptionsOver,
  ModelSource,
  NamedModelOptions,
  OptionsOf,
  PredictOptions,
  PrintValues,
  TrainOptions,
  TransformWeightsOptions,
  ValueOver,
  VariableOptions,
  VariableOptionsOver,
} from './pipeline-types.js'
import type { Lock } from './run/session/lock.js'
import { type RunArguments, toGivenOptions } from './run-arguments.js'
import { Runnable } from './runnable.js'
import { splitLabel, withAction, withBlocks, withModelClass, withPipelines, withSurrounding } from './with-action.js'

/**
 * What happens to each batch of a dataset: described first, then run. Every method that adds an action returns a new frozen pipeline;
 * nothing runs before `run`, `nextBatch`, `genBatch` or `batches$`. Actions of the dataset's batch class are methods, too. BatchFlow:
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
export class Pipeline<K extends BatchClass = BatchClass, out Names extends AnyName = AnyName> extends Runnable<K, Names> {
  /** Returns the same pipeline with a name, for errors and reports. Each pipeline has its own variables, models and position. */
  named(name: string): PipelineOf<K, Names> {
    return this.#derive(this, name)
  }

  /** Merges entries into the config that `C('path')` reads. BatchFlow: `set_config`, `<<`. */
  setConfig(config: Readonly<Record<string, unknown>> | Config): PipelineOf<K, Names> {
    const [bindings, json] = bindDescribed(this.bindings, describe(config instanceof Config ? config.toJSON() : config))
    return this.#derive({ spec: withConfig(this.spec, json as JsonObject), bindings })
  }

  /**
   * The same actions over a dataset: of the same batch class, or of any that has these actions. An expression is evaluated to the dataset when a
   * run begins. BatchFlow: `<<`, `set_dataset`.
   *
   * @example
   * const train = template(ImagesBatch).normalize({ scale: 255 }).on(data.train)
   * const fold = train.on(F((i: number) => folds.cv(i).train)(C('fold'))).setConfig({ fold: 0 })
   */
  on(dataset: BatchlessExpression<Names>): PipelineOf<K, Names>
  on<Other extends BatchClass = K>(dataset: SourceDataset<Other> & ActionsFor<Names, NoInfer<Other>>): PipelineOf<Other, Names>
  on(dataset: SourceDataset<any> | Expression<any>): PipelineOf<any, any> {
    if (dataset instanceof Expression) {
      const [bindings, json] = bindDescribed({ ...this.bindings, datasets: {} }, describe(dataset))
      return this.#derive({ spec: withDataset(this.spec, { from: json }), bindings })
    }
    checkKind(dataset, thing => isThing(thing) && 'openOrder' in thing, 'the dataset of on', 'a dataset or a part of one')
    const { batchClass } = dataset
    const [bindings, name] = bind({ ...this.bindings, datasets: {}, batchClass }, 'datasets', dataset.name, dataset)
    const Class = classOver(Pipeline, batchClass)
    return new Class(this.name, withDataset(this.spec, { name }), bindings)
  }

  /** The same actions over another dataset of the same batch class. BatchFlow: `set_dataset`. */
  setDataset(dataset: SourceDataset<K>): PipelineOf<K, Names> {
    return this.on<K>(dataset as SourceDataset<K> & ActionsFor<Names, K>)
  }

  /**
   * Stores options of a run, which `run()`, `nextBatch()` and `genBatch()` use. Options passed to them take precedence. Values may be
   * expressions. BatchFlow: `run_later`, `run(lazy=True)`.
   *
   * @example
   * const train = template(ImagesBatch).normalize({ scale: 255 }).runLater(C('batchSize'), { epochs: 2, shuffle: 2 })
   * await train.setConfig({ batchSize: 300 }).on(data.train).run()
   */
  runLater(...args: RunArguments): PipelineOf<K, Names> {
    const { signal, ...options } = toGivenOptions(args)
    if (signal !== undefined)
      fail('wrong-value', { name: 'runLater', seen: 'a signal', allowed: 'options that are data; give the signal to run' })
    const [bindings, json] = bindDescribed(this.bindings, describe(options))
    return this.#derive({ spec: withBatch(this.spec, json as JsonObject), bindings })
  }

  /** This pipeline's actions, then those of others; their config and stored options override its own. BatchFlow: `p + q`. */
  concat<const Others extends readonly AnyPipeline[]>(...others: Others): PipelineOf<K, Names | NamesOf<Others[number]>> {
    return this.#derive(others.map(other => checkPipeline(other, 'what concat adds', 'a pipeline')).reduce(concatenated, this as Part))
  }

  /**
   * Actions performed once at the start of each run, before the first batch; there is no batch to read. BatchFlow: `before`.
   *
   * @example
   * pipeline.before(p => p.loadModel('net', 'models/net'))
   */
  before<Result extends AnyPipeline>(block: Block<K, Names, Result>): PipelineOf<K, Names | NamesOf<Result>> {
    return this.#derive(withSurrounding(this, 'before', this.#part(block, 'before')))
  }

  /** Actions done once at the end of each run, unless an error or a signal ended it. A loop of `nextBatch` ends by `finish()`. BatchFlow: `after`. */
  after<Result extends AnyPipeline>(block: Block<K, Names, Result>): PipelineOf<K, Names | NamesOf<Result>> {
    return this.#derive(withSurrounding(this, 'after', this.#part(block, 'after')))
  }

  /**
   * Declares a variable: with its first value (a number, a string, a list, a map, an array), kept from run to run, or with options. A value
   * that is a plain object is written `{ default: { … } }`. Without either it is null. BatchFlow: `init_variable`.
   *
   * @example
   * data.test.p.initVariable('count', 0).initVariable('losses', { initOnEachRun: () => [] })
   */
  initVariable<const Name extends string, const Options = {}>(
    name: Name,
    options?: VariableOptionsOver<Names, Options>,
  ): PipelineOf<K, Names | Variable<Name, FirstValue<Options>>> {
    const { default: value, initOnEachRun, ...others } = toVariableOptions(options)
    return this.addAction(
      'initVariable',
      { name, ...others },
      {
        ...(value !== undefined && { default: describe(value) }),
        ...(initOnEachRun !== undefined && { initOnEachRun: describeMade(initOnEachRun) }),
      },
    )
  }

  /** Declares several variables: by name, or with options for each. BatchFlow: `init_variables`. */
  initVariables<const Variables extends readonly string[] | Readonly<Record<string, VariableOptions>>>(
    variables: Variables,
  ): PipelineOf<K, Names | VariablesOf<Variables>> {
    const all = Array.isArray(variables) ? variables.map(name => [name] as const) : Object.entries(variables)
    const optionsOf = (given: unknown) => (isThing(given) && Object.keys(given).length === 0 ? undefined : given)
    return all.reduce<Pipeline<K, any>>((pipeline, [name, given]) => pipeline.initVariable(name, optionsOf(given) as never), this) as never
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
  ): PipelineOf<K, Names | SavedTo<K, To>> {
    return this.addAction('update', { dst, value, ...checkOptions('update', options) })
  }

  /**
   * Declares a model. `static` models are built when the pipeline starts, `dynamic` ones at its first batch. The class is a row of the
   * zoo, a `tf.LayersModel`, or a function `(config, tf) => tf.LayersModel`; the config may name it instead, as `model`. What the config
   * of a dynamic model of the zoo leaves open in `inputs` is read when the model is first fed: shapes from the feed, classes from the dataset's
   * attribute `classes`; without `inputs`, the names of the feed. BatchFlow: `init_model`.
   *
   * @example
   * data.train.p.initModel('dynamic', ResNet, 'resnet', { config: { 'body/block/se_block': true, loss: 'ce' } })
   * data.train.p.setConfig({ net: { model: 'ResNet18', loss: 'ce' } }).initModel('dynamic', 'net', { config: C('net') })
   */
  initModel<const Mode extends 'static' | 'dynamic', const Options extends NamedModelOptions>(
    mode: Mode,
    name: string,
    options: ModelOptionsOver<K, Names, Mode, ModelIn<Options>, Options>,
  ): PipelineOf<K, Names>
  initModel<const Mode extends 'static' | 'dynamic', M extends ModelSource, const Options extends ModelOptions>(
    mode: Mode,
    modelClass: M,
    name: string,
    options?: ModelOptionsOver<K, Names, Mode, M, Options>,
  ): PipelineOf<K, Names>
  initModel(mode: 'static' | 'dynamic', ...given: readonly unknown[]): PipelineOf<K, Names> {
    const [modelClass, name, options] = typeof given[0] === 'string' ? [undefined, ...given] : given
    const allowed = 'a model class (ResNet), a tf.LayersModel, or a function that builds one'
    if (typeof given[0] !== 'string') checkKind(modelClass, isModelSource, 'the model class of initModel', allowed)
    const { bindings, className, ...checked } = withModelClass(this.bindings, modelClass, checkOptions('initModel', options))
    return this.addAction('initModel', { mode, ...(className !== undefined && { modelClass: className }), name, ...checked }, {}, bindings)
  }

  /**
   * Shares the model of another pipeline, or uses a model as it is. An expression is evaluated each time the action runs: to a pipeline or a
   * model, so that a template reads it from its config. BatchFlow: `import_model`.
   *
   * @example
   * data.test.p.importModel('resnet', train)
   * template().importModel('resnet', C('from')).setConfig({ from: train }).on(data.test)
   */
  importModel(name: string, from: Pipeline<any, any> | Model | Expression<any>): PipelineOf<K, Names> {
    if (from instanceof Expression) return this.addAction('importModel', { name, from })
    checkKind(
      from,
      thing => thing instanceof Pipeline || isModel(thing),
      'from of importModel',
      'a pipeline, a model of one, or an expression for one',
    )
    const wish = from instanceof Pipeline ? from.name : name
    const [bindings, bound] = bind(this.bindings, 'pipelines', wish, from)
    return this.addAction('importModel', { name, from: bound }, {}, bindings)
  }

  /**
   * Performs one optimization step per batch. BatchFlow: `train_model`.
   *
   * @example
   * pipeline.trainModel('resnet', { feed: { images: B('images'), labels: B('labels') }, fetches: 'loss', saveTo: V('loss') })
   */
  trainModel<const To extends Destination<Names> = never>(
    name: string,
    options: TrainOptions<K, Names, To>,
  ): PipelineOf<K, Names | SavedTo<K, To>> {
    return this.addAction('trainModel', { name, ...checkOptions('trainModel', options) })
  }

  /**
   * Passes each batch through a model in inference mode and saves the fetches. BatchFlow: `predict_model`.
   *
   * @example
   * pipeline.predictModel('resnet', { fetches: 'loss', feed: { images: B('images'), labels: B('labels') }, saveTo: V('losses'), mode: 'append' })
   */
  predictModel<const To extends Destination<Names>>(
    name: string,
    options: PredictOptions<K, Names, To>,
  ): PipelineOf<K, Names | SavedTo<K, To>> {
    return this.addAction('predictModel', { name, ...checkOptions('predictModel', options) })
  }

  /**
   * Saves copies of the weights of a model that patterns of paths match: a map from each path to its array. Once per batch, or once in
   * `before` or `after`.
   *
   * @example
   * pipeline.initVariable('kernels').after(p => p.getWeights('resnet', { match: '**\/kernel', saveTo: V('kernels') }))
   */
  getWeights<const To extends Destination<Names>>(name: string, options: GetWeightsOptions<To>): PipelineOf<K, Names | SavedTo<K, To>> {
    return this.addAction('getWeights', { name, ...checkOptions('getWeights', options) })
  }

  /**
   * Sets weights of a model, as `getWeights` saves them. The state of its optimizer stays as it is.
   *
   * @example
   * pipeline.setWeights('resnet', V('kernels'))
   */
  setWeights(
    name: string,
    weights: ExpressionOver<K, Names> | Readonly<Record<string, NdArray | ExpressionOver<K, Names>>>,
  ): PipelineOf<K, Names> {
    return this.addAction('setWeights', { name, weights })
  }

  /**
   * Changes the weights of a model that patterns of paths match, and saves how many of their values are 0 then: `values`, `zeros`, `share`,
   * `byPath`. A change is `{ zeroBelow }`, `{ zeroSmallest }` or `{ round }` with a number, or a function of each weight's values. The state of
   * the optimizer stays as it is, and further training changes zeros again.
   *
   * @example
   * pipeline
   *   .transformWeights('resnet', { match: '**\/kernel', by: { zeroBelow: I().mul(0.01) }, saveTo: V('zeros') })
   *   .transformWeights('resnet', { match: 'head/dense/kernel', by: kernel => kernel.cast('float32', 0.5) })
   */
  transformWeights<const To extends Destination<Names> = never>(
    name: string,
    options: TransformWeightsOptions<K, Names, To>,
  ): PipelineOf<K, Names | SavedTo<K, To>> {
    return this.addAction('transformWeights', { name, ...checkOptions('transformWeights', options) })
  }

  /**
   * Compares predictions with targets and saves the metrics: of the last batch (`mode: 'write'`), of all items so far (`append`), or all
   * summed up in one item (`update`). A kind by its name, or a class of metrics. BatchFlow: `gather_metrics`.
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
  ): PipelineOf<K, Names | SavedTo<K, To>> {
    return this.addAction('gatherMetrics', gatherArguments(kind, checkOptions('gatherMetrics', options)))
  }

  /**
   * Calls a function with the batch, or with `args`. It may be async. BatchFlow: `call`.
   *
   * @example
   * pipeline.call(batch => console.log(batch.length))
   * pipeline.call(Math.max, { args: [V('best'), V('accuracy')], saveTo: V('best') })
   */
  call<const Options extends CallOptions<Names> = {}>(
    fn: (...args: any[]) => unknown,
    options?: CallOptionsOver<K, Names, Options>,
  ): PipelineOf<K, Names | SavedTo<K, Options['saveTo']>> {
    checkKind(fn, thing => typeof thing === 'function', 'fn of call', 'a function')
    return this.addAction('call', { fn, ...checkOptions('call', options) })
  }

  /**
   * Writes values on one line: strings as they are, arrays by type, shape and first elements, objects as `key=value`. `setLogger` sets
   * the target, by default standard output. Once per batch, or once in `before` or `after`. BatchFlow: `print`.
   *
   * @example
   * pipeline.print({ batch: I(), loss: V('loss') }, { label: 'train' })   // train: batch=1 loss=2.30259
   */
  print<const Values extends readonly unknown[]>(...values: PrintValues<K, Names, Values>): PipelineOf<K, Names> {
    return this.addAction('print', splitLabel(values))
  }

  /**
   * Performs actions if a condition is true, and others if it is false. 0, false, null and the empty string are false.
   *
   * @example
   * pipeline.if(I().mod(100).eq(0), p => p.saveModel('net', 'models/net'))
   */
  if<Then extends AnyPipeline, Else extends AnyPipeline = never>(
    condition: ExpressionOver<K, Names> | boolean,
    then: Block<K, Names, Then>,
    otherwise?: Block<K, Names, Else>,
  ): PipelineOf<K, Names | NamesOf<Then | Else>> {
    return this.#addBlocks('if', { condition }, { then, else: otherwise })
  }

  /**
   * Performs actions several times. Arguments are evaluated anew in each round, and random values differ. BatchFlow: `p * n`.
   *
   * @example
   * pipeline.repeat(3, p => p.trainModel('critic', { feed: { images: B('images'), labels: B('labels') } }))
   */
  repeat<Result extends AnyPipeline>(
    times: number | ExpressionOver<K, Names>,
    block: Block<K, Names, Result>,
  ): PipelineOf<K, Names | NamesOf<Result>> {
    return this.#addBlocks('repeat', { times }, { actions: block })
  }

  /**
   * Performs actions with a probability, drawn per batch. BatchFlow: `p @ probability`.
   *
   * @example
   * pipeline.sometimes(0.5, p => p.normalize({ scale: 255 }))
   */
  sometimes<Result extends AnyPipeline>(
    probability: number | ExpressionOver<K, Names>,
    block: Block<K, Names, Result>,
  ): PipelineOf<K, Names | NamesOf<Result>> {
    return this.#addBlocks('sometimes', { probability }, { actions: block })
  }

  /**
   * Skips this batch: later actions do not run and the batch is not emitted. Usually inside `if`. BatchFlow: `SkipBatchException`.
   *
   * @example
   * pipeline.if(B('size').lt(32), p => p.skipBatch())
   */
  skipBatch(): PipelineOf<K, Names> {
    return this.addAction('skipBatch', {})
  }

  /**
   * Ends the run before this batch. Usually inside `if`. BatchFlow: `StopPipeline`.
   *
   * @example
   * pipeline.if(V('loss').lt(0.01), p => p.stopPipeline())
   */
  stopPipeline(): PipelineOf<K, Names> {
    return this.addAction('stopPipeline', {})
  }

  /**
   * Runs other pipelines on the items with the same ids in their datasets. Their batches are passed to the next batch action
   * (`context.joined`) or `call` (as further arguments). BatchFlow: `join`.
   *
   * @example
   * photos.p.join(outlines.p.normalize({ scale: 255 })).call((batch, masked) => batch.set('masks', masked.images))
   */
  join(...pipelines: readonly AnyPipeline[]): PipelineOf<K, Names> {
    return this.#withPipelines('join', pipelines, {})
  }

  /**
   * Takes the next batch of other pipelines, by what they store with `runLater`, and appends their items to this batch. BatchFlow: `merge`.
   *
   * @example
   * data.train.p.merge(data.test.p.runLater(10), { components: ['images', 'labels'] })
   */
  merge(...args: readonly [...pipelines: AnyPipeline[], options: MergeOptions<K>] | readonly AnyPipeline[]): PipelineOf<K, Names> {
    const last = args.at(-1)
    const { components } = last instanceof Pipeline ? {} : ((last ?? {}) as MergeOptions<K>)
    const pipelines = last instanceof Pipeline ? args : args.slice(0, -1)
    return this.#withPipelines('merge', pipelines as readonly AnyPipeline[], { components })
  }

  /**
   * Makes batches of another size for the actions after it. The last batch may be smaller. BatchFlow: `rebatch`.
   *
   * @example
   * pipeline.rebatch(32, { components: ['images', 'labels'] })
   */
  rebatch(batchSize: number | ExpressionOver<K, Names>, options?: MergeOptions<K>): PipelineOf<K, Names> {
    return this.addAction('rebatch', { batchSize, ...checkOptions('rebatch', options) })
  }

  /**
   * Writes a model into a folder: once per batch, or once in `before` or `after`. BatchFlow: `save_model`.
   *
   * @example
   * pipeline.after(p => p.saveModel('resnet', 'models/resnet'))
   */
  saveModel(name: string, path: string | ExpressionOver<K, Names>): PipelineOf<K, Names> {
    return this.addAction('saveModel', { name, path })
  }

  /**
   * Reads a model from a folder: once per batch, or once in `before` or `after`. BatchFlow: `load_model`.
   *
   * @example
   * pipeline.before(p => p.loadModel('resnet', 'models/resnet'))
   */
  loadModel(name: string, path: string | ExpressionOver<K, Names>): PipelineOf<K, Names> {
    return this.addAction('loadModel', { name, path })
  }

  /**
   * Declares a lock; `lock` is a lock that several pipelines share. BatchFlow: `init_lock`.
   *
   * @example
   * pipeline.initLock('log').acquireLock('log').call(batch => console.log(batch.length)).releaseLock('log')
   */
  initLock(name: string, lock?: Lock): PipelineOf<K, Names> {
    return this.addAction('initLock', { name, lock })
  }

  /**
   * Waits for a lock and holds it until `releaseLock` or the end of the batch. BatchFlow: `acquire_lock`.
   *
   * @example
   * pipeline.initLock('log').acquireLock('log')
   */
  acquireLock(name: string): PipelineOf<K, Names> {
    return this.addAction('acquireLock', { name })
  }

  /**
   * Releases a lock. BatchFlow: `release_lock`.
   *
   * @example
   * pipeline.initLock('log').acquireLock('log').releaseLock('log')
   */
  releaseLock(name: string): PipelineOf<K, Names> {
    return this.addAction('releaseLock', { name })
  }

  /** @internal Adds one action: its arguments become plain data, live things in them are bound. */
  addAction<More extends AnyName = Names>(
    name: string,
    args: Readonly<Record<string, unknown>>,
    described: Readonly<Record<string, Described>> = {},
    bindings = this.bindings,
  ): PipelineOf<K, More> {
    return this.#derive(withAction(this, name, args, described, bindings))
  }

  /** The same pipeline with another description. */
  #derive<More extends AnyName = Names>({ spec, bindings }: Part, name = this.name): PipelineOf<K, More> {
    return new (this.constructor as PipelineConstructor<PipelineOf<K, More>>)(name, spec, bindings)
  }

  /** Adds one action that has blocks among its arguments. */
  #addBlocks<More extends AnyName>(
    name: string,
    args: Readonly<Record<string, unknown>>,
    blocks: Readonly<Record<string, Block<K, Names> | undefined>>,
  ): PipelineOf<K, More> {
    const given = Object.entries(blocks).filter(([, block]) => block !== undefined)
    return this.#derive(
      withBlocks(this, name, args, Object.fromEntries(given.map(([key, block]) => [key, this.#part(block!, `${key} of ${name}`)]))),
    )
  }

  /** A block as a part: a pipeline as it is, or what a function returns for an empty one. */
  #part(block: Block<K, Names>, name: string): Part {
    const empty = { spec: emptySpec(this.spec.dataset), bindings: { ...this.bindings, sources: {} } }
    const allowed = 'a pipeline, or a function that adds actions to the one it gets: p => p.call(…)'
    return checkPipeline(typeof block === 'function' ? block(this.#derive(empty)) : block, name, allowed)
  }

  #withPipelines(action: string, pipelines: readonly AnyPipeline[], options: object): PipelineOf<K, Names> {
    for (const pipeline of pipelines) checkPipeline(pipeline, `what ${action} takes`, 'pipelines')
    return this.#derive(withPipelines(this, action, pipelines, options))
  }
}

/** @throws MillraceError `wrong-value` unless it is a pipeline */
function checkPipeline(thing: unknown, name: string, allowed: string): Pipeline {
  checkKind(thing, thing => thing instanceof Pipeline, name, allowed)
  return thing as Pipeline
}

/**
 * A pipeline and the actions of its batch class as methods. `Names` are the variables and components that its actions have added so far;
 * `never` for none; by default any.
 *
 * @example
 * const augment = (p: PipelineOf<typeof ImagesBatch>) => p.flip({ p: 0.5 }).rotate({ angle: 5 })
 * // keeps the names of its pipeline, of components that it has saved, too
 * const flip = <N extends AnyName>(p: PipelineOf<typeof ImagesBatch, N>) => p.flip()
 */
export type PipelineOf<K extends BatchClass, Names extends AnyName = AnyName> = Pipeline<K, Names> & ActionMethods<K, Names>

/** An action of a batch class as a method of pipelines. Later actions can read the components that it writes. */
type ActionMethod<Options, K extends BatchClass, Names extends AnyName, Name> = string extends keyof Options
  ? () => PipelineOf<K, Names | UsedBy<Names, Name>>
  : [WritingOption<Options>] extends [never]
    ? {} extends Options
      ? Method<{ of(options?: Evaluated<Options, K, Names>): PipelineOf<K, Names | UsedBy<Names, Name>> }>
      : Method<{ of(options: Evaluated<Options, K, Names>): PipelineOf<K, Names | UsedBy<Names, Name>> }>
    : {} extends Options
      ? Method<{
          of<const Dst = never>(
            options?: Evaluated<Options, K, Names> & WritesTo<Dst, WritingOption<Options>>,
          ): PipelineOf<K, Names | UsedBy<Names, Name> | SavedAs<K, Dst>>
        }>
      : Method<{
          of<const Dst = never>(
            options: Evaluated<Options, K, Names> & WritesTo<Dst, WritingOption<Options>>,
          ): PipelineOf<K, Names | UsedBy<Names, Name> | SavedAs<K, Dst>>
        }>

/** The option that names the components which an action writes: `dst`, or `names` of those that it adds. */
type WritingOption<Options> = {
  [Key in 'dst' | 'names']: [Options, Key] extends [{ readonly [K in Key]?: ComponentNames }, keyof Options] ? Key : never
}['dst' | 'names']

/** A function compared bivariantly, as methods are: one that takes a pipeline of certain variables is one that takes any pipeline. */
type Method<Holder extends { of: unknown }> = Holder['of']

/** The actions of a batch class as methods of pipelines, with their documentation. */
export type ActionMethods<K extends BatchClass, Names extends AnyName> = string extends keyof K['actions']
  ? {}
  : Methods<K['actions'], K, Names>
type Methods<Actions, K extends BatchClass, Names extends AnyName> = {
  readonly [Name in keyof Actions]: ActionMethod<OptionsOf<Actions[Name]>, K, Names, Name>
}

/** Actions inside an action: a pipeline's, or those that a function adds to the empty pipeline passed to it. */
export type Block<K extends BatchClass, Names extends AnyName = AnyName, Result extends AnyPipeline = AnyPipeline> =
  | Result
  | Method<{ of(empty: PipelineOf<K, Names>): Result }>

/** Components that an action reads or writes: one, a list of them, or lists of several at once. */
type ComponentNames = string | readonly (string | readonly string[])[]

/** An option that names the components written. */
export type WritesTo<Dst, Key extends 'dst' | 'names' = 'dst'> = { readonly [K in Key]?: Dst }
