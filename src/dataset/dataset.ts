import { fail } from '../errors/index.js'
import type { BatchOrder, DataFingerprint, OrderState, SourceDataset } from '../pipeline/description/contracts.js'
import { type BatchOf, createPipeline, type IterateOptions, type PipelineOf } from '../pipeline/index.js'
import type { Config } from '../util/config.js'
import { describeValue } from '../util/describe-value.js'
import { type ComponentNameOf, type DefinedBatch, PlainBatch, type ValuesOf } from './batch/define-batch.js'
import { DatasetIndex, type IndexSource, type ItemId } from './dataset-index.js'
import type { DatasetOptions, DescribeOptions, SourceOptions } from './dataset-options.js'
import type { FilesOptions } from './files/files-options.js'
import { fingerprintOf } from './fingerprint.js'
import { foldPositions } from './order/folds.js'
import { openOrder } from './order/order.js'
import { allPositions, checkPositions } from './order/positions.js'
import type { Shares } from './order/shares.js'
import { type Parts, type SplitOptions, splitPositions } from './order/split.js'
import { type WalkArguments, Walker, walkBatches } from './order/walker.js'
import { type PreloadedValues, preload } from './preloaded.js'
import { type Records, type RecordsOptions, readRecords } from './records.js'
import { type DataSource, type MaybeAsync, type ReadComponent, type Storage, whenReady } from './sources/source.js'
import { checkedSource, joinSources, viewOf } from './sources/views.js'
import { Splittable } from './splittable.js'

/** A dataset over some items of another one. BatchFlow: the result of `create_subset`. */
export type Subset<K extends DefinedBatch = typeof PlainBatch, H extends Storage = 'memory'> = Dataset<K, H>

/**
 * An index, data, and a batch class. It is immutable: `split` and `createSubset` return new datasets over the same data. Only
 * the iteration of `nextBatch` is kept, until `reset`. For data in files (`Dataset<K, 'files'>`), batches and components are promises.
 *
 * @example
 * const faces = new Dataset(400, ImagesBatch, { name: 'faces', preloaded: { images, labels }, attributes: { classes: 40 } })
 * const data = faces.split([0.8, 0.2], { shuffle: 7 })
 * for await (const batch of data.train.genBatch(32, { shuffle: 2, epochs: 3 })) batch.images  // NdArray [32, …]
 * data.train.p.normalize({ scale: 255 })  // a pipeline
 *
 * @throws MillraceError `index-empty`, `index-type`, `no-batch-class`, `unknown-name`, `preloaded-shape`, `component-value`,
 *   `component-length`, `unknown-id`
 *
 * BatchFlow: `Dataset`.
 */
export class Dataset<K extends DefinedBatch = typeof PlainBatch, H extends Storage = 'memory'>
  extends Splittable<Subset<K, H>, Dataset<K, H>, BatchOf<K>>
  implements SourceDataset<K>
{
  readonly name: string
  readonly index: DatasetIndex
  readonly batchClass: K
  readonly attributes: Readonly<Record<string, unknown>>
  readonly origin: SourceDataset['origin']
  readonly #walker = new Walker()
  #source: DataSource<H>

  constructor(index: IndexSource, batchClass: K = PlainBatch as unknown as K, options: DatasetOptions<ValuesOf<K>> = {}) {
    super()
    if (typeof batchClass?.create !== 'function') fail('no-batch-class', { seen: describeValue(batchClass) })
    this.index = index instanceof DatasetIndex ? index : new DatasetIndex(index)
    this.batchClass = batchClass
    this.name = options.name ?? 'dataset'
    this.attributes = options.attributes ?? {}
    this.origin = options.origin
    this.#source = preload(options.preloaded ?? {}, batchClass, this.name, this.index) as DataSource as DataSource<H>
  }

  /**
   * Creates a dataset from records: a list of objects, one per item, whose fields are components. Other fields are ignored.
   *
   * @example
   * Dataset.fromRecords([{ id: 'a', waves: [1, 2] }, { id: 'b', waves: [3, 4] }], SoundBatch, { ids: 'id' })
   *
   * @throws MillraceError `index-empty`, `index-type`, `component-value`
   */
  static fromRecords<K extends DefinedBatch>(records: Records, batchClass: K, options: DescribeOptions & RecordsOptions = {}): Dataset<K> {
    const { index, preloaded } = readRecords(records, batchClass, options)
    return new Dataset(index, batchClass, { ...options, preloaded: preloaded as PreloadedValues<ValuesOf<K>> })
  }

  /**
   * Creates a dataset over your own source; ids are 0 … n−1 unless an index is set. The values of the source are checked batch by batch.
   *
   * @example
   * const notes = Dataset.fromSource({ names: ['lines'], length: 9, items: async positions => () => readLines(positions) }, TextBatch)
   *
   * @throws MillraceError `index-empty`, `component-length`
   */
  static fromSource<K extends DefinedBatch, H extends Storage>(
    source: DataSource<H>,
    batchClass: K,
    options: SourceOptions = {},
  ): Dataset<K, H> {
    const dataset = new Dataset<K, H>(options.index ?? source.length, batchClass, options)
    dataset.#source = checkedSource(source, batchClass.kinds, dataset.name, dataset.length)
    return dataset
  }

  /**
   * Creates a dataset over one file with named columns (`.parquet`, `.csv`, `.npz`), or one `.npy` file per component. From Parquet and
   * `.npy` only the rows of a batch are read, so files may be larger than memory; CSV and `.npz` are read as a whole.
   *
   * @example
   * const digits = await Dataset.fromFiles('digits.parquet', ImagesBatch, { columns: { images: 'pixels' }, shapes: { images: [28, 28, 1] } })
   * const faces = await Dataset.fromFiles({ images: 'faces.npy', labels: 'people.npy' }, ImagesBatch)
   *
   * @throws MillraceError those of the formats, `unknown-name`, `component-length`, `file-columns`
   */
  static async fromFiles<K extends DefinedBatch>(
    files: string | Readonly<Partial<Record<ComponentNameOf<K>, string>>>,
    batchClass: K,
    options: DescribeOptions & FilesOptions<ComponentNameOf<K>> = {},
  ): Promise<Dataset<K, 'files'>> {
    const { openFiles } = await import('./files/open-files.js')
    const { source, index } = await openFiles(files as string, batchClass, options)
    return Dataset.fromSource(source, batchClass, { ...options, index })
  }

  /** The number of items. */
  get length(): number {
    return this.index.length
  }

  /** The components that its batches have before any action. */
  get componentNames(): readonly string[] {
    return this.#source.names
  }

  /** A new, empty pipeline over this dataset. BatchFlow: `dataset.p`. */
  get p(): PipelineOf<K, never> {
    return this.pipeline()
  }

  /** Returns a new, empty pipeline over this dataset, with a config that `C('path')` reads. BatchFlow: `dataset.pipeline(config)`. */
  pipeline(config?: Readonly<Record<string, unknown>> | Config): PipelineOf<K, never> {
    const pipeline = createPipeline<K>(this)
    return config === undefined ? pipeline : pipeline.setConfig(config)
  }

  /**
   * Returns this dataset with another batch class, of the same data, parts and folds.
   *
   * @example
   * const digits = (await mnist()).withBatchClass(Photos)   // with the actions of Photos
   *
   * @throws MillraceError `no-batch-class`, `unknown-name` for components that the class does not declare; from batches `component-value`
   */
  withBatchClass<Other extends DefinedBatch>(batchClass: Other): Dataset<Other, H> {
    const dataset = new Dataset<Other, H>(this.index, batchClass, { name: this.name, attributes: this.attributes, origin: this.origin })
    const { components, kinds, name } = batchClass
    const unknown = components.length > 0 ? this.#source.names.find(component => !(component in kinds)) : undefined
    if (unknown !== undefined) fail('unknown-name', { kind: `component of ${name}`, seen: unknown, allowed: components })
    dataset.#source = checkedSource(this.#source, kinds, this.name, this.length)
    const parts = Object.entries(this.parts).map(([part, own]) => [part, own.withBatchClass(batchClass)])
    dataset.divide(
      Object.fromEntries(parts),
      this.folds.map(fold => fold.withBatchClass(batchClass)),
    )
    return dataset
  }

  /**
   * Returns this dataset with parts `train`, `test` and `validation`. Shares and sizes: see `calcSplit`; validation takes its items first,
   * then test, then train. BatchFlow keeps the parts on the dataset itself. @throws MillraceError `split-shares`, `wrong-value`
   */
  split(shares?: Shares, options?: SplitOptions): Dataset<K, H> {
    return this.withParts(splitPositions(this.length, shares, options))
  }

  /** Returns this dataset with parts of these positions: a split that comes with the data. */
  withParts(positions: Parts<ArrayLike<number>>): Dataset<K, H> {
    const parts = Object.entries(positions).map(([part, items]) => [part, this.subsetByPos(items, `${this.name}.${part}`)])
    const dataset = this.#derive(this.index, this.name, this.#source)
    dataset.divide(Object.fromEntries(parts), this.folds)
    return dataset
  }

  /**
   * Returns this dataset with folds for cross-validation, each a dataset with the parts `train` and `test`. Every item is in one test part.
   *
   * @example
   * faces.cvSplit(5, { shuffle: 7 }).cv(0).train.p.normalize({ scale: 255 })
   * @throws MillraceError `wrong-value`. BatchFlow: `cv_split`, `kfold`.
   */
  cvSplit(folds = 5, options?: SplitOptions): Dataset<K, H> {
    const made = foldPositions(this.length, folds, options).map((positions, i) =>
      this.#derive(this.index, `${this.name}.cv${i}`, this.#source).withParts({ ...positions }),
    )
    const dataset = this.#derive(this.index, this.name, this.#source)
    dataset.divide(this.parts, made)
    return dataset
  }

  /** A dataset of the items with these ids; the data are shared. BatchFlow: `create_subset`. @throws MillraceError `unknown-id` */
  createSubset(ids: IndexSource, name = `${this.name}.subset`): Subset<K, H> {
    return this.subsetByPos(this.index.getPos(new DatasetIndex(ids)), name)
  }

  /** The positions of the items with these ids. @throws MillraceError `unknown-id`, `wrong-value` */
  positionsOf(ids: Iterable<unknown> | DatasetIndex): Uint32Array {
    if (typeof ids === 'object' && ids !== null && (ids instanceof DatasetIndex || Symbol.iterator in ids))
      return this.index.getPos(ids as Iterable<ItemId>)
    return fail('wrong-value', { name: 'ids', seen: describeValue(ids), allowed: 'a list of ids, or an index' })
  }

  /** A dataset of the items at these positions; the data are shared. @throws MillraceError `position-outside` */
  subsetByPos(positions: ArrayLike<number>, name = `${this.name}.subset`): Subset<K, H> {
    return this.#derive(this.index.subsetByPos(positions), name, viewOf(this.#source, positions))
  }

  /**
   * Returns this dataset followed by others of the same batch class; the data are shared. Name and attributes are those of this one.
   *
   * @throws MillraceError `concat-classes`, `join-components`; from a batch `join-mismatch` where arrays of a component differ
   */
  concat(...others: readonly Dataset<K, H>[]): Dataset<K, H> {
    const all = [this, ...others]
    const other = all.find(({ batchClass }) => batchClass !== this.batchClass)
    if (other !== undefined) fail('concat-classes', { first: this.batchClass.name, second: other.batchClass.name })
    const index = this.index.concat(...others.map(dataset => dataset.index))
    return this.#derive(index, this.name, joinSources(all.map(dataset => dataset.#source)))
  }

  /** Returns a copy of a whole component, in the order of the items; undefined if it does not exist. BatchFlow: `dataset.images`. */
  get<Name extends keyof ValuesOf<K> & string>(component: Name): MaybeAsync<H, ValuesOf<K>[Name] | undefined> {
    const isHere = this.#source.names.includes(component)
    const items: ReadComponent | Promise<ReadComponent> = isHere ? this.#source.items(allPositions(this.length)) : () => undefined as never
    return whenReady(items, take => take(component)) as MaybeAsync<H, ValuesOf<K>[Name] | undefined>
  }

  /** @internal What a resumed run compares, to notice other data: ids, sizes of files, types and some items of components. */
  async fingerprint(): Promise<DataFingerprint> {
    return fingerprintOf(this.index, this.#source)
  }

  openOrder(options: IterateOptions, seed: number, state?: OrderState): BatchOrder {
    return openOrder(this.length, options, seed, state)
  }

  /**
   * Returns the batch of the items with these ids; a promise if they are read from files. BatchFlow: `create_batch`.
   *
   * @example
   * new Dataset(['a', 'b', 'c']).createBatch(['c', 'a']).indices   // ['c', 'a']
   * new Dataset(['a', 'b', 'c']).batchByPos([0]).indices           // ['a']
   *
   * @throws MillraceError `unknown-id`, `wrong-value`, and what reading throws
   */
  createBatch(ids: Iterable<ItemId> | DatasetIndex): MaybeAsync<H, BatchOf<K>> {
    return this.batchByPos(this.positionsOf(ids))
  }

  /**
   * Returns the batch of the items at these positions of the index, as `createBatch` does for ids. For data in memory, components are copied
   * when they are first read.
   *
   * @throws MillraceError `position-outside`, and what reading throws
   */
  batchByPos(positions: ArrayLike<number>): MaybeAsync<H, BatchOf<K>> {
    checkPositions(positions, this.length, `dataset ${this.name}`)
    const kept = new Uint32Array(positions)
    const indices = this.index.idsAt(kept)
    const { names } = this.#source
    const items = this.#source.items(kept) as ReadComponent | Promise<ReadComponent>
    const create = (take: ReadComponent) => this.batchClass.create({ positions: kept, indices, names, dataset: this, take })
    return whenReady(items, create) as MaybeAsync<H, BatchOf<K>>
  }

  /**
   * Returns the next batch of a kept iteration. The first call sets its options; later calls pass the same or none. Default: endless.
   * The batch size may be another one in each call; without one it is the last one.
   *
   * @example
   * await data.train.nextBatch(300, { shuffle: 2 })
   * await data.train.nextBatch()
   * await data.train.nextBatch(100, { shuffle: 2 })
   *
   * @throws MillraceError `end-of-data` after the last one, `changed-options`, `no-batch-size`, and those of `openOrder`
   * BatchFlow: `next_batch`.
   */
  async nextBatch(...args: WalkArguments | readonly []): Promise<BatchOf<K>> {
    return (await this.#walker.next(this, args)) as BatchOf<K>
  }

  /** Iterates over all batches; one epoch by default. @throws errors of `openOrder`. BatchFlow: `gen_batch`. */
  async *genBatch(...args: WalkArguments): AsyncGenerator<BatchOf<K>, void, void> {
    yield* walkBatches(this, args) as AsyncGenerator<BatchOf<K>, void, void>
  }

  /** Resets the iteration of `nextBatch`: the next call starts from the beginning. BatchFlow: `reset('iter')`. */
  reset(_what: 'iterator' = 'iterator'): void {
    this.#walker.reset()
  }

  /** Another dataset of this class over data that are already checked. */
  #derive(index: DatasetIndex, name: string, source: DataSource<H>): Dataset<K, H> {
    const dataset = new Dataset<K, H>(index, this.batchClass, { name, attributes: this.attributes, origin: this.origin })
    dataset.#source = source
    return dataset
  }
}
