import { fail } from '../errors/index.js'
import { type BatchOf, createPipeline, type PipelineOf } from '../pipeline/index.js'
import type { BatchOrder, IterateOptions, OrderState, SourceDataset } from '../pipeline/spec/contracts.js'
import type { Components } from './batch.js'
import { DatasetIndex, type IndexSource, type ItemId } from './dataset-index.js'
import { type DefinedBatch, defineBatch, type GivenValues, type ValuesOf } from './define-batch.js'
import { openOrder } from './order.js'
import { allPositions, checkPositions } from './positions.js'
import { type Preloaded, preload } from './preloaded.js'
import type { Shares } from './shares.js'
import { show } from './show.js'
import { type PartName, type Parts, type SplitOptions, splitPositions } from './split.js'
import { openWalk, type WalkArguments, Walker } from './walker.js'

/** What a dataset is made of besides its index and batch class. */
export interface DatasetOptions<Values extends Components> {
  /** How specs and errors call it. Default `dataset`. */
  readonly name?: string
  /** The data in memory, each component with one entry an item. They are kept as they are, not copied. */
  readonly preloaded?: GivenValues<Values>
  /** What `D('…')` may read, e.g. `{ classes: 10 }`. Subsets have them too. */
  readonly attributes?: Readonly<Record<string, unknown>>
  /** How a file describes where the data come from; open sets say it of themselves. */
  readonly origin?: SourceDataset['origin']
}

/** A dataset over some items of another one: shares its data, has the same class. BatchFlow: what `create_subset` gives. */
export type Subset<K extends DefinedBatch = typeof PlainBatch> = Dataset<K>

/** Batches without components: only positions and ids. The batch class of a dataset that is given none. */
export const PlainBatch = defineBatch<{}>({ name: 'Batch', components: {} })

/**
 * An index, data in memory, and the class of its batches. It never changes: `split` and `createSubset` give new datasets over the same
 * data. Only the walk of `nextBatch` is remembered, until `reset`.
 *
 * @example
 * const faces = new Dataset(400, ImagesBatch, { name: 'faces', preloaded: { images, labels }, attributes: { classes: 40 } })
 * const data = faces.split([0.8, 0.2], { shuffle: 7 })
 * for await (const batch of data.train.genBatch(32, { shuffle: 2, epochs: 3 })) batch.images  // NdArray [32, …]
 * data.train.p.normalize({ scale: 255 })  // a pipeline
 *
 * @throws MillraceError `index-empty`, `index-type`, `no-batch-class`, `unknown-name`, `component-value`, `component-length`
 *
 * BatchFlow: `Dataset`.
 */
export class Dataset<K extends DefinedBatch = typeof PlainBatch> implements SourceDataset<K> {
  readonly name: string
  readonly index: DatasetIndex
  readonly batchClass: K
  readonly attributes: Readonly<Record<string, unknown>>
  readonly origin: SourceDataset['origin']
  readonly #walker = new Walker()
  #preloaded: Preloaded
  #parts: Parts<Subset<K>> = {}

  constructor(index: IndexSource, batchClass: K = PlainBatch as unknown as K, options: DatasetOptions<ValuesOf<K>> = {}) {
    if (typeof batchClass?.create !== 'function') fail('no-batch-class', { seen: show(batchClass) })
    this.index = index instanceof DatasetIndex ? index : new DatasetIndex(index)
    this.batchClass = batchClass
    this.name = options.name ?? 'dataset'
    this.attributes = options.attributes ?? {}
    this.origin = options.origin
    this.#preloaded = preload(options.preloaded ?? {}, batchClass, this.name, this.length)
  }

  /** The number of items. */
  get length(): number {
    return this.index.length
  }

  /** The parts it was split into, by name; none before `split`. */
  get parts(): Parts<Subset<K>> {
    return this.#parts
  }

  /** The part to train on. @throws MillraceError `part-missing` before `split` */
  get train(): Subset<K> {
    return this.#part('train')
  }

  /** The part to test on. @throws MillraceError `part-missing` */
  get test(): Subset<K> {
    return this.#part('test')
  }

  /** The part to validate on. @throws MillraceError `part-missing` */
  get validation(): Subset<K> {
    return this.#part('validation')
  }

  /** A new pipeline over this dataset, without actions. BatchFlow: `dataset.p`. */
  get p(): PipelineOf<K> {
    return this.pipeline()
  }

  /** A new pipeline over this dataset, without actions. BatchFlow: `dataset.pipeline()`. */
  pipeline(): PipelineOf<K> {
    return createPipeline<K>(this)
  }

  /**
   * The same dataset with parts `train`, `test` and `validation`. Shares and sizes: see `calcSplit`; validation takes its items first,
   * then test, then train. BatchFlow keeps the parts on the dataset itself; here use what is returned.
   *
   * @throws MillraceError `split-shares`, `wrong-value`
   */
  split(shares?: Shares, options?: SplitOptions): Dataset<K> {
    return this.withParts(splitPositions(this.length, shares, options))
  }

  /** The same dataset with these parts, given by their positions: a split the data come with. */
  withParts(positions: Parts<ArrayLike<number>>): Dataset<K> {
    const parts = Object.entries(positions).map(([part, items]) => [part, this.subsetByPos(items, `${this.name}.${part}`)])
    const dataset = this.#derive(this.index, this.name, this.#preloaded)
    dataset.#parts = Object.fromEntries(parts)
    return dataset
  }

  /** A dataset of the items with these ids; the data are shared. BatchFlow: `create_subset`. @throws MillraceError `unknown-id` */
  createSubset(ids: IndexSource, name = `${this.name}.subset`): Subset<K> {
    const wanted = new DatasetIndex<ItemId>(ids)
    return this.subsetByPos(this.index.getPos(wanted), name)
  }

  /** Where the items with these ids stand. @throws MillraceError `unknown-id` */
  positionsOf(ids: readonly unknown[]): Uint32Array {
    return this.index.getPos(ids as readonly ItemId[])
  }

  /** A dataset of the items at these positions; the data are shared. @throws MillraceError `position-outside` */
  subsetByPos(positions: ArrayLike<number>, name = `${this.name}.subset`): Subset<K> {
    return this.#derive(this.index.subsetByPos(positions), name, this.#preloaded.subset(positions))
  }

  /** A copy of a whole component: this dataset's items in order; undefined if it is not there. BatchFlow: `dataset.images`. */
  get<Name extends keyof ValuesOf<K> & string>(component: Name): ValuesOf<K>[Name] | undefined {
    if (!this.#preloaded.names.includes(component)) return undefined
    return this.#preloaded.take(component, allPositions(this.length)) as ValuesOf<K>[Name]
  }

  openOrder(options: IterateOptions, seed: number, state?: OrderState): BatchOrder {
    return openOrder(this.length, options, seed, state)
  }

  /** The batch of the items at these positions. Components are copied when they are first read. @throws MillraceError `position-outside` */
  createBatch(positions: ArrayLike<number>): BatchOf<K> {
    checkPositions(positions, this.length, `dataset ${this.name}`)
    const kept = Uint32Array.from(positions)
    const { ids } = this.index
    return this.batchClass.create({
      positions: kept,
      indices: Array.from(kept, position => ids[position]),
      names: this.#preloaded.names,
      take: name => this.#preloaded.take(name, kept),
    }) as BatchOf<K>
  }

  /**
   * The next batch of a walk that is remembered. The first call says how, later calls say the same or nothing. Endless unless told.
   *
   * @example
   * await data.train.nextBatch(300, { shuffle: 2 })
   * await data.train.nextBatch()
   *
   * @throws MillraceError `end-of-data` after the last one, `changed-options`, `no-batch-size`, and those of `openOrder`
   *
   * BatchFlow: `next_batch`.
   */
  async nextBatch(...args: WalkArguments | readonly []): Promise<BatchOf<K>> {
    return this.createBatch(this.#walker.next(this, args))
  }

  /** All batches of a fresh walk; one epoch unless told. @throws those of `openOrder`. BatchFlow: `gen_batch`. */
  async *genBatch(...args: WalkArguments): AsyncGenerator<BatchOf<K>, void, void> {
    const order = openWalk(this, args)
    for (let positions = order.next(); positions; positions = order.next()) yield this.createBatch(positions)
  }

  /** Forgets the walk of `nextBatch`: the next call starts from the beginning. BatchFlow: `reset('iter')`. */
  reset(_what: 'iterator' = 'iterator'): void {
    this.#walker.reset()
  }

  #part(part: PartName): Subset<K> {
    return this.parts[part] ?? fail('part-missing', { dataset: this.name, part, parts: Object.keys(this.parts) })
  }

  /** Another dataset of this class over data that are checked already. */
  #derive(index: DatasetIndex, name: string, preloaded: Preloaded): Dataset<K> {
    const dataset = new Dataset(index, this.batchClass, { name, attributes: this.attributes, origin: this.origin })
    dataset.#preloaded = preloaded
    return dataset
  }
}
