/** Pipelines put together: the half of a description that is about pipelines, not about actions. */
import { fail } from '../errors/index.js'
import type { JsonObject } from '../util/json.js'
import { classOver, type PipelineConstructor } from './batch-methods.js'
import { callSite } from './call-site.js'
import { checkKind, isThing } from './check-kind.js'
import { checkArguments, checkOwnArguments, orderArguments } from './description/checks/check-arguments.js'
import { bindDescribed } from './description/content/bind-described.js'
import { type Bindings, bind, mergeBindings, noBindings } from './description/content/bindings.js'
import { type Described, describe, describeArguments } from './description/content/describe.js'
import { appendAction, appendActions, emptySpec, withBatch, withConfig, withDataset } from './description/content/edits.js'
import { ownActionOf } from './description/content/own-actions.js'
import { concatenated, enclosed, type Part } from './description/content/parts.js'
import type { Section } from './description/content/pipeline-spec.js'
import { destinationArguments, rowOf } from './description/content/visit-actions.js'
import type { BatchAction, BatchClass, SourceDataset } from './description/contracts.js'
import { Expression } from './description/expressions/expression.js'
import type { PipelineOf } from './pipeline-of.js'
import type { Block, MergeOptions } from './pipeline-types.js'
import { type RunArguments, toGivenOptions } from './run-arguments.js'
import { Runnable } from './runnable.js'

/** A description that can be bound, configured and put together with others; `Pipeline` adds the actions. */
export abstract class Composed<K extends BatchClass = BatchClass> extends Runnable<K> {
  /** The same pipeline under a name, for errors and reports. Each pipeline has its own variables, models and position. */
  named(name: string): PipelineOf<K> {
    return this.derive(this, name)
  }

  /** Puts entries over the config that `C('path')` reads. BatchFlow: `set_config`, `<<`. */
  setConfig(config: Readonly<Record<string, unknown>>): PipelineOf<K> {
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
  on(dataset: Expression<never>): PipelineOf<K>
  on<Other extends BatchClass = K>(dataset: SourceDataset<Other>): PipelineOf<Other>
  on(dataset: SourceDataset<any> | Expression<never>): PipelineOf<any> {
    if (dataset instanceof Expression) {
      const [bindings, json] = bindDescribed({ ...this.bindings, datasets: {} }, describe(dataset))
      return this.derive({ spec: withDataset(this.spec, { from: json }), bindings })
    }
    checkKind(dataset, thing => isThing(thing) && 'openOrder' in thing, 'the dataset of on', 'a dataset or a part of one')
    const { batchClass } = dataset
    const [bindings, name] = bind({ ...this.bindings, datasets: {}, batchClass }, 'datasets', dataset.name, dataset)
    const Class = classOver(this.plainClass(), batchClass) as PipelineConstructor<PipelineOf<any>>
    return new Class(this.name, withDataset(this.spec, { name }), bindings)
  }

  /** The same actions over another dataset of the same batch class. BatchFlow: `set_dataset`. */
  setDataset(dataset: SourceDataset<K>): PipelineOf<K> {
    return this.on(dataset)
  }

  /**
   * Stores how it runs: `run()`, `nextBatch()` and `genBatch()` without options do this. What they are given goes before. Values may be
   * expressions. BatchFlow: `run_later`, `run(lazy=True)`.
   *
   * @example
   * const train = template(ImagesBatch).normalize({ scale: 255 }).runLater(C('batchSize'), { epochs: 2, shuffle: 2 })
   * await train.setConfig({ batchSize: 300 }).on(data.train).run()
   */
  runLater(...args: RunArguments): PipelineOf<K> {
    const { signal, ...options } = toGivenOptions(args)
    if (signal !== undefined)
      fail('wrong-value', { name: 'runLater', seen: 'a signal', allowed: 'options that are data; give the signal to run' })
    const [bindings, json] = bindDescribed(this.bindings, describe(options))
    return this.derive({ spec: withBatch(this.spec, json as JsonObject), bindings })
  }

  /** This pipeline's actions, then those of others; their config and stored options go over its own. BatchFlow: `p + q`. */
  concat(...others: readonly Composed<any>[]): PipelineOf<K> {
    for (const other of others) checkKind(other, thing => thing instanceof Composed, 'what concat adds', 'a pipeline')
    return this.derive(others.reduce<Part>(concatenated, this))
  }

  /**
   * Actions done once at the start of each run, before the first batch; there is no batch to read. BatchFlow: `before`.
   *
   * @example
   * pipeline.before(p => p.loadModel('net', 'models/net'))
   */
  before(block: Block<K>): PipelineOf<K> {
    return this.#surround('before', block)
  }

  /** Actions done once at the end of each run that was not broken off by an error. BatchFlow: `after`. */
  after(block: Block<K>): PipelineOf<K> {
    return this.#surround('after', block)
  }

  /**
   * Lets other pipelines work on the items of the same ids in their datasets. Their batches go to the next batch action
   * (`context.joined`) or `call` (further arguments). BatchFlow: `join`.
   *
   * @example
   * photos.p.join(outlines.p.normalize({ scale: 255 })).call((batch, masked) => batch.set('masks', masked.images))
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

  /** @internal The class without the actions of a batch class. */
  protected abstract plainClass(): PipelineConstructor<any>

  /** @internal The same pipeline with another description. */
  protected derive({ spec, bindings }: Part, name = this.name): PipelineOf<K> {
    return new (this.constructor as PipelineConstructor<PipelineOf<K>>)(name, spec, bindings)
  }

  /** @internal With one more action: its arguments become plain data, what is live in them is bound. */
  addAction(
    name: string,
    args: Readonly<Record<string, unknown>>,
    described: Readonly<Record<string, Described>> = {},
    bindings = this.bindings,
  ): PipelineOf<K> {
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

  /** @internal With one more action whose arguments are blocks, besides others. */
  protected addBlocks(
    name: string,
    args: Readonly<Record<string, unknown>>,
    blocks: Readonly<Record<string, Block<K> | undefined>>,
  ): PipelineOf<K> {
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
    return this.derive(whole).addAction(name, args, described) as PipelineOf<K>
  }

  #surround(section: Exclude<Section, 'actions'>, block: Block<K>): PipelineOf<K> {
    const part = this.#toPart(block, section)
    const { spec, bindings, block: actions } = enclosed(this, part, [section], this.spec[section]?.length ?? 0)
    return this.derive({ spec: appendActions(spec, section, actions), bindings })
  }

  /** A block as a part: a pipeline as it is, or what a function makes of an empty one. */
  #toPart(block: Block<K>, name: string): Part {
    const bindings: Bindings = { ...this.bindings, sources: {} }
    const empty = () => this.derive({ spec: emptySpec(this.spec.dataset), bindings })
    const part = typeof block === 'function' ? block(empty()) : block
    checkKind(
      part,
      thing => thing instanceof Composed,
      name,
      'a pipeline, or a function that adds actions to the one it gets: p => p.call(…)',
    )
    return part
  }

  /** The row of an action of the batch class. */
  #ownAction(name: string): BatchAction | undefined {
    const dataset = this.spec.dataset === undefined ? undefined : this.bindings.datasets[this.spec.dataset]
    const batchClass = this.bindings.batchClass ?? dataset?.batchClass
    return batchClass && ownActionOf(batchClass, name)
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
