/** Running a description: the half of a pipeline with live state. */
import { defer, dematerialize, finalize, ignoreElements, lastValueFrom, map, type Observable, type ObservableInput } from 'rxjs'
import { fail } from '../errors/index.js'
import type { Config } from '../util/config.js'
import { deepFreeze } from '../util/json.js'
import type { IterateOptions } from './description/batch-options.js'
import type { Bindings } from './description/content/bindings.js'
import type { PipelineSpec } from './description/content/pipeline-spec.js'
import type { BatchClass, Model, SourceBatch } from './description/contracts.js'
import { V } from './description/expressions/letters/pipeline.js'
import type { AnyName } from './description/expressions/names.js'
import type { SaveMode } from './description/expressions/save-mode.js'
import { nextBatch, openNextBatch } from './next-batch.js'
import { readAs } from './observable-input.js'
import type { VariableName, VariableValue } from './pipeline-names.js'
import type { BatchOf } from './pipeline-types.js'
import { batchesOf } from './run/batches/batches-of.js'
import { iterate } from './run/batches/cursor.js'
import { pullMap } from './run/batches/pull-map.js'
import { checkStart } from './run/execution/check-start.js'
import { startSession } from './run/execution/execute.js'
import { type ExecuteOptions, executeFor, isBatch } from './run/execution/execute-for.js'
import type { RunOptions } from './run/execution/run-options.js'
import { Scope } from './run/execution/scope.js'
import { toRunOptions } from './run/execution/to-run-options.js'
import { Iteration } from './run/iteration.js'
import { type ProfileRow, profileTable } from './run/profile.js'
import { save } from './run/saving/save.js'
import { type Resettable, toResettable } from './run/session/resettable.js'
import { Session } from './run/session/session.js'
import { linkModels, restoreSession, saveSession } from './run/session/state/session-state.js'
import { evaluate } from './run/values/evaluate.js'
import { readVariable } from './run/values/read-variable.js'
import { type RunArguments, toGivenOptions } from './run-arguments.js'

/** Options of a run that do not determine its batches. */
export type HowOptions = Omit<Partial<RunOptions>, keyof IterateOptions | 'seed' | 'reset'>

/** A frozen description, the live things it names, and the session that runs it. `Pipeline` adds the methods that describe it. */
export class Runnable<K extends BatchClass = BatchClass, out Names extends AnyName = AnyName> {
  /** Never set: it carries the type. */
  declare readonly knows: Names
  readonly #session: Session
  /** Its name in errors and reports. */
  readonly name: string
  /** The description: frozen plain data, the same as a YAML file's. */
  readonly spec: PipelineSpec
  /** @internal The live things the spec names. */
  readonly bindings: Bindings

  /** Pipelines start at `dataset.p`, or with `template`. */
  constructor(name: string, spec: PipelineSpec, bindings: Bindings) {
    this.name = name
    this.spec = deepFreeze(spec)
    this.bindings = bindings
    this.#session = new Session(name, spec, bindings)
  }

  /** Runs over the dataset to the end: one epoch by default. Starts from the first batch each time. BatchFlow: `run`. */
  async run(...args: RunArguments): Promise<this> {
    await lastValueFrom(this.#batches(args).pipe(ignoreElements()), { defaultValue: undefined })
    return this
  }

  /**
   * The processed batches of one run, one epoch by default. Each is freed when the next is requested; leaving the loop
   * stops the run. BatchFlow: `gen_batch`.
   *
   * @example
   * for await (const batch of data.train.p.normalize({ scale: 255 }).genBatch(300, { shuffle: 2 })) console.log(batch.images.shape)
   */
  genBatch(...args: RunArguments): AsyncGenerator<BatchOf<K>, void, void> {
    return iterate(this.#batches(args))
  }

  /**
   * `genBatch` with the options that `runLater` stored. A pipeline is an input of RxJS, too: `from(p)`, `mergeMap(() => p)`, `zip(p, q)`.
   *
   * @example
   * for await (const batch of data.train.p.runLater(300, { shuffle: 2 })) console.log(batch.images.shape)
   */
  [Symbol.asyncIterator](): AsyncGenerator<BatchOf<K>, void, void> {
    return this.genBatch()
  }

  static {
    readAs(Runnable.prototype, pipeline => pipeline.#batches([]))
  }

  /**
   * The next processed batch: endless unless `epochs` or `iterations` is set. The first call sets the options; later calls may
   * omit them, and may ask for another batch size, which holds from then on. The batch is the caller's until the next call or `reset`. An error loses only that batch; the next call continues with
   * the following one. BatchFlow: `next_batch`.
   *
   * @throws MillraceError `end-of-data` when all batches were taken, `changed-options`
   */
  async nextBatch(...args: RunArguments): Promise<BatchOf<K>> {
    checkStart(this.name, this.spec, this.bindings)
    return (await nextBatch(this.#session, toGivenOptions(args))) as BatchOf<K>
  }

  /**
   * Ends the run of `nextBatch`: performs the actions of `after`, unless the run has ended already, by its last batch or by `stopPipeline`.
   * After that `nextBatch` throws `end-of-data`; `reset('iterator')` starts anew. Does nothing before the first batch. `run`, `genBatch`
   * and `batches$` need no call: they perform `after` themselves when their batches end, and skip it if the loop is left before.
   *
   * @example
   * for (let i = 0; i < 100; i++) await pipeline.nextBatch(300, { shuffle: 2 })
   * await pipeline.finish()
   *
   * @throws MillraceError what the actions of `after` throw
   */
  async finish({ signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    await this.#session.stepping?.finish(signal)
  }

  /** @internal True if its variables and static models have been set up. */
  get hasBegun(): boolean {
    return this.#session.started
  }

  /** @internal True if `StopPipeline` has ended the run of `nextBatch`. */
  get isStopped(): boolean {
    return this.#session.stepping?.isStopped ?? false
  }

  /**
   * A run as a cold Observable. A batch is freed and the next one made when the subscriber's `next` returns; `pullMap` makes the pipeline
   * wait for asynchronous work, and so does `work`, short for `pullMap(work, { ahead: lookAhead })`. Unsubscribing stops the run.
   *
   * @example
   * pipeline.batches$({ batchSize: 300 }).pipe(pullMap(async batch => save(batch), { ahead: 1 })).subscribe()
   */
  batches$(options: RunOptions): Observable<BatchOf<K>>
  batches$<Result>(
    options: RunOptions & { readonly lookAhead?: number },
    work: (batch: BatchOf<K>) => ObservableInput<Result>,
  ): Observable<Result>
  batches$(
    { lookAhead = 0, ...options }: RunOptions & { readonly lookAhead?: number },
    work?: (batch: BatchOf<K>) => ObservableInput<unknown>,
  ): Observable<unknown> {
    const batches$ = this.#batches([options])
    return work ? batches$.pipe(pullMap(work, { ahead: lookAhead })) : batches$
  }

  #batches(args: RunArguments): Observable<BatchOf<K>> {
    return defer(() => {
      checkStart(this.name, this.spec, this.bindings)
      const iteration = new Iteration(this.#session, this.toRunOptions(...args), undefined, true)
      return batchesOf(iteration).pipe(
        dematerialize(),
        map(({ batch }) => batch as BatchOf<K>),
        finalize(() => iteration.close()),
      )
    })
  }

  /** @internal The options of a run, which must include a batch size. */
  toRunOptions(...args: RunArguments): RunOptions {
    const options = toRunOptions(this.#session, toGivenOptions(args))
    if (options.batchSize === undefined) fail('no-batch-size', undefined, { pipeline: this.name })
    return options as RunOptions
  }

  /**
   * One processed batch of the items with these ids, or a batch in hand, processed; a run in progress continues. BatchFlow: `execute_for`,
   * `create_batch`.
   *
   * @example
   * await data.train.p.normalize({ scale: 255 }).executeFor([7, 0])
   * await template(ImagesBatch).rotate({ angle: R('uniform', -5, 5) }).executeFor(batch, { seed: 3 })
   *
   * @throws MillraceError `stage-in-block` if `rebatch` is among its actions
   */
  async executeFor(ids: Iterable<unknown> | SourceBatch, options: ExecuteOptions = {}): Promise<BatchOf<K>> {
    // A batch in hand may have components that no class declares.
    if (!isBatch(ids)) checkStart(this.name, this.spec, this.bindings)
    return (await executeFor(this.#session, ids, options)) as BatchOf<K>
  }

  /**
   * The current value of a variable; before the pipeline has started its first value, which an expression is evaluated for. BatchFlow: `v`,
   * `get_variable`.
   *
   * @throws MillraceError `unknown-name`
   */
  v<T = never, const Name extends VariableName<Names> = VariableName<Names>>(
    name: Name,
  ): [T] extends [never] ? VariableValue<Names, Name> : T {
    return readVariable(this.#session, name, evaluate) as never
  }

  /**
   * Sets the value of a variable, or adds to it by `mode`. Before the pipeline has started it becomes the value that it starts with, except
   * that of `initOnEachRun`, which each run sets. BatchFlow: `set_variable`.
   *
   * @example
   * const count = data.train.p.initVariable('n', { default: 0 }).update(V('n'), V('n').add(1))
   * count.setVariable('n', 100)
   * await count.nextBatch(50)
   * count.v('n')   // 101
   *
   * @throws MillraceError `unknown-name`
   */
  setVariable(name: VariableName<Names>, value: unknown, { mode }: { readonly mode?: SaveMode } = {}): void {
    save(V(name).json, value, mode, new Scope(this.#session))
  }

  /** A model. BatchFlow: `m`, `get_model_by_name`. @throws MillraceError `unknown-name`, `not-yet` before it is built */
  m<T extends object = Model>(name: string): T {
    return this.#session.model(name) as T
  }

  /** What `C('path')` currently reads: the config of the spec and what has been saved to it. BatchFlow: `config`. */
  get config(): Config {
    return this.#session.config
  }

  /** The variables and their current values. */
  get variables(): ReadonlyMap<string, unknown> {
    return this.#session.variables
  }

  /** The models built or imported so far. */
  get models(): ReadonlyMap<string, Model> {
    return this.#session.models
  }

  /**
   * The cost of each action, and of loading the batches, in the last run with `profile: true`; empty without one. BatchFlow: `profile_info`.
   *
   * @example
   * await pipeline.run(300, { profile: true })
   * pipeline.profile.find(({ name }) => name === 'trainModel')?.meanMs
   */
  get profile(): readonly ProfileRow[] {
    return this.#session.profile?.rows ?? []
  }

  /** The same as a table. BatchFlow: `show_profile_info`. */
  profileTable(): string {
    return profileTable(this.profile)
  }

  /** Sets up variables and static models without running a batch. `seed` is the seed of the weights, default 0. */
  async start({ seed = 0 }: { readonly seed?: number } = {}): Promise<void> {
    await this.#session.exclusive(() => startSession(this.#session, seed))
  }

  /**
   * Writes the state of this pipeline into a folder of its own, which appears complete or not at all: variables, the models it built with
   * their optimizers' state, what was saved to `C`, and the position of `nextBatch`. Pending calls of `nextBatch` finish first.
   * Imported models are saved by the pipeline that builds them; other objects of the program are left to the program.
   * BatchFlow has no counterpart.
   *
   * @example
   * await train.nextBatch(300, { shuffle: 2 })
   * await train.saveState('states/train')
   *
   * @throws MillraceError `value-not-saved` for a variable that holds a function or a tensor; `state-not-saved`, `model-save`
   */
  async saveState(folder: string): Promise<void> {
    const save = () => this.#session.exclusive(() => saveSession(this.#session, folder))
    await (this.#session.stepping ? this.#session.stepping.between(save) : save())
  }

  /**
   * Restores what `saveState` wrote for the same pipeline, in this process or another: it continues as if never stopped, with the
   * same batches and numbers to the last bit. Its current state is freed; actions at the start of a run are not repeated. Restore
   * the pipelines that models are imported from first. `others` are options of `nextBatch` for how
   * the work is done: they may differ from here on, and functions among them must be passed again.
   *
   * @example
   * await train.restoreState('states/train', { prefetch: 4 })
   * await train.nextBatch()
   *
   * @throws MillraceError `state-not-readable`, `model-load`, `model-not-restorable`; the pipeline is then as after `reset()`
   */
  async restoreState(folder: string, others: HowOptions = {}): Promise<void> {
    const session = this.#session
    await session.exclusive(async () => {
      const from = await restoreSession(session, folder)
      if (from) session.stepping = openNextBatch(session, { ...from.options, ...others }, from)
    })
  }

  /** @internal True if `dispose` freed its models and it has not started again. */
  get isDisposed(): boolean {
    return this.#session.isDisposed
  }

  /** @internal Adopts imported models that their pipelines have built by now. */
  linkModels(names: readonly string[]): void {
    linkModels(this.#session, names)
  }

  /**
   * Resets what is named: the position of `nextBatch`, the variables, the models; without a name, everything. A run in progress whose
   * models are reset fails at its next batch with `models-freed`. BatchFlow: `reset`.
   */
  reset(...what: readonly (Resettable | 'all')[]): void {
    this.#session.reset(toResettable(what))
  }

  /**
   * Frees the models this pipeline built and resets the position of `nextBatch`; the variables remain readable. A run in progress, and
   * pipelines that import the models, fail at their next batch with `models-freed`.
   */
  dispose(): void {
    const { own } = this.#session
    this.#session.isDisposed ||= own.size > 0
    this.reset('iterator', 'models')
  }
}
