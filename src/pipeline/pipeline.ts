/** Class `Pipeline`: every method that adds an action gives a new frozen pipeline; nothing runs before `run`, `nextBatch`, `genBatch` or `batches$`. */
import type { Observable, ObservableInput } from 'rxjs'
import type { JsonObject } from '../util/json.js'
import { deepFreeze } from '../util/json.js'
import { callSite } from './call-site.js'
import type { PipelineOf } from './pipeline-of.js'
import type {
  BatchOf,
  CallOptions,
  Destination,
  ExpressionOver,
  ModelOptions,
  PredictOptions,
  TrainOptions,
  VariableOptions,
} from './pipeline-types.js'
import { checkStart } from './run/check-start.js'
import { startSession } from './run/execute.js'
import { pulled } from './run/operators/batches.js'
import { toResettable } from './run/resettable.js'
import { freeBatch, runBatches } from './run/run-batches.js'
import type { RunOptions } from './run/run-options.js'
import { type Resettable, Session } from './run/session.js'
import { type RunArguments, toRunOptions } from './run-arguments.js'
import { type Bindings, bind, mergeBindings, noBindings } from './spec/bindings.js'
import type { BatchClass, Model, ModelClass, SourceDataset } from './spec/contracts.js'
import { describe, describeCall } from './spec/describe.js'
import { appendAction, withConfig, withDataset } from './spec/edits.js'
import { functionName } from './spec/named.js'
import type { PipelineSpec } from './spec/pipeline-spec.js'
import type { SaveMode } from './spec/save-mode.js'
import { stepBatch } from './stepping.js'

export class Pipeline<K extends BatchClass = BatchClass> {
  readonly #session: Session
  /** How errors and reports call it. */
  readonly name: string
  /** The description: frozen plain data, the same a YAML file gives. */
  readonly spec: PipelineSpec
  /** The live things the spec names. */
  readonly bindings: Bindings

  /** @internal Pipelines start at `dataset.p`. */
  constructor(name: string, spec: PipelineSpec, bindings: Bindings) {
    this.name = name
    this.spec = deepFreeze(spec)
    this.bindings = bindings
    this.#session = new Session(name, spec, bindings)
  }

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

  /** Runs over the dataset to the end: one epoch unless told. Starts from the first batch each time. BatchFlow: `run`. */
  async run(...args: RunArguments): Promise<this> {
    for await (const _ of this.genBatch(...args)) {
      // Each batch was worked on by the actions; nobody else wants it.
    }
    return this
  }

  /**
   * The batches of one run, worked on: one epoch unless told. Leaving the loop stops it. BatchFlow: `gen_batch`.
   *
   * @example
   * for await (const batch of data.train.p.normalize({ scale: 255 }).genBatch(300, { shuffle: 2 })) console.log(batch.images.shape)
   */
  async *genBatch(...args: RunArguments): AsyncGenerator<BatchOf<K>, void> {
    checkStart(this.name, this.spec, this.bindings)
    yield* runBatches(this.#session, toRunOptions(args)) as AsyncGenerator<BatchOf<K>, void>
  }

  /**
   * The next batch, worked on: endless unless `epochs` or `iterations` is given. The first call sets the options, later ones may leave
   * them out. The batch is the caller's until the next call. BatchFlow: `next_batch`.
   *
   * @throws MillraceError `end-of-data` when all batches were taken, `changed-options`
   */
  async nextBatch(...args: RunArguments | readonly [Partial<RunOptions>?]): Promise<BatchOf<K>> {
    checkStart(this.name, this.spec, this.bindings)
    return (await stepBatch(this.#session, args[0] === undefined ? undefined : toRunOptions(args as RunArguments))) as BatchOf<K>
  }

  /**
   * A run as an Observable. It pulls: give the work to be done on each batch as `work`, and no more than `lookAhead` (default 0) batches
   * are begun beyond the one whose work is not done. Unsubscribing stops the run.
   *
   * @example
   * pipeline.batches$({ batchSize: 300 }, batch => save(batch)).subscribe(saved => console.log(saved))
   */
  batches$(options: RunOptions): Observable<BatchOf<K>>
  batches$<Result>(
    options: RunOptions & { readonly lookAhead?: number },
    work: (batch: BatchOf<K>) => ObservableInput<Result>,
  ): Observable<Result>
  batches$(
    { lookAhead = 0, ...options }: RunOptions & { readonly lookAhead?: number },
    work: (batch: BatchOf<K>) => ObservableInput<unknown> = batch => [batch],
  ): Observable<unknown> {
    const open = (signal: AbortSignal) => {
      checkStart(this.name, this.spec, this.bindings)
      return runBatches(this.#session, { ...options, signal }, () => undefined)
    }
    return pulled(open, batch => work(batch as BatchOf<K>), lookAhead, freeBatch)
  }

  /** A variable's value now. BatchFlow: `v`, `get_variable`. @throws MillraceError `unknown-name` */
  v(name: string): any {
    return this.#session.variable(name)
  }

  /** A model. BatchFlow: `m`, `get_model_by_name`. @throws MillraceError `unknown-name`, also before it was built */
  m(name: string): any {
    return this.#session.model(name)
  }

  /** The variables and their values now. */
  get variables(): ReadonlyMap<string, unknown> {
    return this.#session.variables
  }

  /** The models built or imported so far. */
  get models(): ReadonlyMap<string, Model> {
    return this.#session.models
  }

  /** Sets up variables and static models without running a batch. `seed` is that of the weights, default 0. */
  async start({ seed = 0 }: { readonly seed?: number } = {}): Promise<void> {
    if (!this.#session.started) this.#session.seed = seed
    await this.#session.exclusive(() => startSession(this.#session))
  }

  /** Forgets what is named: the position of `nextBatch`, the variables, the models; everything without a name. BatchFlow: `reset`. */
  reset(...what: readonly (Resettable | 'all')[]): void {
    this.#session.reset(toResettable(what))
  }

  /** Frees the models this pipeline built. */
  dispose(): void {
    this.reset()
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
