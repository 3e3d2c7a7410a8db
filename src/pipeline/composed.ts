/** Pipelines put together: the half of a description that is about pipelines, not about actions. */
import { fail } from '../errors/index.js'
import type { JsonObject } from '../util/json.js'
import { classOver, type PipelineConstructor } from './batch-methods.js'
import { callSite } from './call-site.js'
import { checkKind, isThing } from './check-kind.js'
import { checkArguments, checkOwnArguments, orderArguments } from './description/checks/check-arguments.js'
import { bindDescribed } from './description/content/bind-described.js'
import { type Bindings, bind, mergeBindings, noBindings } from './description/content/bindings.js'
import { type Described, describe } from './description/content/describe.js'
import { describeArguments } from './description/content/describe-arguments.js'
import { appendAction, appendActions, emptySpec, withBatch, withConfig, withDataset } from './description/content/edits.js'
import { ownActionOf } from './description/content/own-actions.js'
import { concatenated, enclosed, type Part } from './description/content/parts.js'
import type { Section } from './description/content/pipeline-spec.js'
import { destinationArguments, rowOf } from './description/content/visit-actions.js'
import type { BatchAction, BatchClass, SourceDataset } from './description/contracts.js'
import { Expression } from './description/expressions/expression.js'
import type { AnyName } from './description/expressions/names.js'
import type { ActionsFor, AnyPipeline, NamesOf, Plus } from './pipeline-names.js'
import type { PipelineOf } from './pipeline-of.js'
import type { BatchlessExpression, Block, ExpressionOver, MergeOptions } from './pipeline-types.js'
import { type RunArguments, toGivenOptions } from './run-arguments.js'
import { Runnable } from './runnable.js'

/** A description that can be bound, configured and put together with others; `Pipeline` adds the actions. */
export abstract class Composed<K extends BatchClass = BatchClass, Names extends AnyName = any> extends Runnable<K, Names> {
  /** The same pipeline under a name, for errors and reports. Each pipeline has its own variables, models and position. */
  named(name: string): PipelineOf<K, Names> {
    return this.derive(this, name)
  }

  /** Puts entries over the config that `C('path')` reads. BatchFlow: `set_config`, `<<`. */
  setConfig(config: Readonly<Record<string, unknown>>): PipelineOf<K, Names> {
    const [bindings, json] = bindDescribed(this.bindings, describe(config))
    return this.derive({ spec: withConfig(this.spec, json as JsonObject), bindings })
  }

  /**
   * The same actions over a dataset: of the same batch class, or of any that has these actions. An expression gives the dataset when a
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
      return this.derive({ spec: withDataset(this.spec, { from: json }), bindings })
    }
    checkKind(dataset, thing => isThing(thing) && 'openOrder' in thing, 'the dataset of on', 'a dataset or a part of one')
    const { batchClass } = dataset
    const [bindings, name] = bind({ ...this.bindings, datasets: {}, batchClass }, 'datasets', dataset.name, dataset)
    const Class: PipelineConstructor<any> = classOver(this.plainClass(), batchClass)
    return new Class(this.name, withDataset(this.spec, { name }), bindings)
  }

  /** The same actions over another dataset of the same batch class. BatchFlow: `set_dataset`. */
  setDataset(dataset: SourceDataset<K>): PipelineOf<K, Names> {
    return this.on<K>(dataset as SourceDataset<K> & ActionsFor<Names, K>)
  }

  /**
   * Stores how it runs: `run()`, `nextBatch()` and `genBatch()` without options do this. What they are given goes before. Values may be
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
    return this.derive({ spec: withBatch(this.spec, json as JsonObject), bindings })
  }

  /** This pipeline's actions, then those of others; their config and stored options go over its own. BatchFlow: `p + q`. */
  concat<const Others extends readonly AnyPipeline[]>(...others: Others): PipelineOf<K, Plus<Names, NamesOf<Others[number]>>> {
    return this.derive(others.map(other => toPart(other, 'what concat adds', 'a pipeline')).reduce(concatenated, this))
  }

  /**
   * Actions done once at the start of each run, before the first batch; there is no batch to read. BatchFlow: `before`.
   *
   * @example
   * pipeline.before(p => p.loadModel('net', 'models/net'))
   */
  before<Result extends AnyPipeline>(block: Block<K, Names, Result>): PipelineOf<K, Plus<Names, NamesOf<Result>>> {
    return this.#surround('before', block)
  }

  /** Actions done once at the end of each run that was not broken off by an error. BatchFlow: `after`. */
  after<Result extends AnyPipeline>(block: Block<K, Names, Result>): PipelineOf<K, Plus<Names, NamesOf<Result>>> {
    return this.#surround('after', block)
  }

  /**
   * Does some actions where a condition holds, others where it does not. 0, false, null and empty text do not hold.
   *
   * @example
   * pipeline.if(I().mod(100).eq(0), p => p.saveModel('net', 'models/net'))
   */
  if<Then extends AnyPipeline, Else extends AnyPipeline = never>(
    condition: ExpressionOver<K, Names> | boolean,
    then: Block<K, Names, Then>,
    otherwise?: Block<K, Names, Else>,
  ): PipelineOf<K, Plus<Names, NamesOf<Then | Else>>> {
    return this.#addBlocks('if', { condition }, { then, else: otherwise })
  }

  /** Does some actions several times; arguments are evaluated in each round anew, and random values differ. BatchFlow: `p * n`. */
  repeat<Result extends AnyPipeline>(
    times: number | ExpressionOver<K, Names>,
    block: Block<K, Names, Result>,
  ): PipelineOf<K, Plus<Names, NamesOf<Result>>> {
    return this.#addBlocks('repeat', { times }, { actions: block })
  }

  /**
   * Does some actions with a probability, drawn for each batch. BatchFlow: `p @ probability`.
   *
   * @example
   * pipeline.sometimes(0.5, p => p.normalize({ scale: 255 }))
   */
  sometimes<Result extends AnyPipeline>(
    probability: number | ExpressionOver<K, Names>,
    block: Block<K, Names, Result>,
  ): PipelineOf<K, Plus<Names, NamesOf<Result>>> {
    return this.#addBlocks('sometimes', { probability }, { actions: block })
  }

  /**
   * Lets other pipelines work on the items of the same ids in their datasets. Their batches go to the next batch action
   * (`context.joined`) or `call` (further arguments). BatchFlow: `join`.
   *
   * @example
   * photos.p.join(outlines.p.normalize({ scale: 255 })).call((batch, masked) => batch.set('masks', masked.images))
   */
  join(...pipelines: readonly AnyPipeline[]): PipelineOf<K, Names> {
    return this.#withPipelines('join', pipelines, {})
  }

  /** Takes the next batch of other pipelines, by what they store with `runLater`, and puts their items behind those of this batch. BatchFlow: `merge`. */
  merge(...args: readonly [...pipelines: AnyPipeline[], options: MergeOptions<K>] | readonly AnyPipeline[]): PipelineOf<K, Names> {
    const last = args.at(-1)
    const { components } = last instanceof Composed ? {} : ((last ?? {}) as MergeOptions<K>)
    const pipelines = last instanceof Composed ? args : args.slice(0, -1)
    return this.#withPipelines('merge', pipelines as readonly AnyPipeline[], { components })
  }

  /** @internal The class without the actions of a batch class. */
  protected abstract plainClass(): PipelineConstructor<any>

  /** @internal The same pipeline with another description. */
  protected derive<More extends AnyName = Names>({ spec, bindings }: Part, name = this.name): PipelineOf<K, More> {
    return new (this.constructor as PipelineConstructor<PipelineOf<K, More>>)(name, spec, bindings)
  }

  /** @internal With one more action: its arguments become plain data, what is live in them is bound. */
  addAction<More extends AnyName = Names>(
    name: string,
    args: Readonly<Record<string, unknown>>,
    described: Readonly<Record<string, Described>> = {},
    bindings = this.bindings,
  ): PipelineOf<K, More> {
    const source = callSite()
    const at = this.spec.actions.length
    const plain = describeArguments(args, destinationArguments(name))
    const extra = Object.entries(described)
    const whole = { ...(plain.json as JsonObject), ...Object.fromEntries(extra.map(([key, { json }]) => [key, json])) }
    const values = Object.assign({}, plain.values, ...extra.map(([, { values }]) => values))
    const [bound, json] = bindDescribed(bindings, { json: whole, values })
    const place = { pipeline: this.name, action: { number: at + 1, name }, ...(source && { source }) }
    const takes = rowOf(name)?.args
    if (takes) checkArguments(name, json, takes, place)
    else checkOwnArguments(name, json, this.#ownAction(name)?.schema ?? {}, place)
    const added = { ...noBindings, sources: source ? { [`actions/${at}`]: source } : {} }
    const ordered = takes ? orderArguments(json, takes) : json
    return this.derive({ spec: appendAction(this.spec, name, ordered), bindings: mergeBindings(bound, added) })
  }

  /** With one more action whose arguments are blocks, besides others. */
  #addBlocks<More extends AnyName>(
    name: string,
    args: Readonly<Record<string, unknown>>,
    blocks: Readonly<Record<string, Block<K, Names> | undefined>>,
  ): PipelineOf<K, More> {
    let whole: Part = this
    const described: Record<string, Described> = {}
    for (const [key, block] of Object.entries(blocks)) {
      if (block === undefined) continue
      const part = this.#toPart(block, `${key} of ${name}`)
      if (part.spec.actions.length === 0) fail('block-empty', { action: name, block: key })
      const { block: actions, ...more } = enclosed(whole, part, ['actions', this.spec.actions.length, name, key])
      whole = more
      described[key] = { json: actions, values: {} }
    }
    return this.derive(whole).addAction(name, args, described) as PipelineOf<K, More>
  }

  #surround<More extends AnyName>(section: Exclude<Section, 'actions'>, block: Block<K, Names>): PipelineOf<K, More> {
    const part = this.#toPart(block, section)
    const { spec, bindings, block: actions } = enclosed(this, part, [section], this.spec[section]?.length ?? 0)
    return this.derive({ spec: appendActions(spec, section, actions), bindings })
  }

  /** A block as a part: a pipeline as it is, or what a function makes of an empty one. */
  #toPart(block: Block<K, Names>, name: string): Part {
    const bindings: Bindings = { ...this.bindings, sources: {} }
    const part = typeof block === 'function' ? block(this.derive({ spec: emptySpec(this.spec.dataset), bindings })) : block
    return toPart(part, name, 'a pipeline, or a function that adds actions to the one it gets: p => p.call(…)')
  }

  /** The row of an action of the batch class. */
  #ownAction(name: string): BatchAction | undefined {
    const dataset = this.spec.dataset === undefined ? undefined : this.bindings.datasets[this.spec.dataset]
    const batchClass = this.bindings.batchClass ?? dataset?.batchClass
    return batchClass && ownActionOf(batchClass, name)
  }

  #withPipelines(action: string, pipelines: readonly AnyPipeline[], options: object): PipelineOf<K, Names> {
    let { bindings } = this
    const names = pipelines.map(pipeline => {
      toPart(pipeline, `what ${action} takes`, 'pipelines')
      const [more, name] = bind(bindings, 'pipelines', pipeline.name, pipeline)
      bindings = more
      return name
    })
    return this.addAction(action, { pipelines: names, ...options }, {}, bindings)
  }
}

/** @throws MillraceError `wrong-value` unless it is a pipeline */
function toPart(thing: unknown, name: string, allowed: string): Composed {
  checkKind(thing, thing => thing instanceof Composed, name, allowed)
  return thing as Composed
}
