import { fail } from '../../errors/index.js'
import type { BatchClass, ComponentValue, SourceBatch, SourceDataset } from '../../pipeline/description/contracts.js'
import { copyValue } from '../../util/copy-value.js'
import { describeValue } from '../../util/describe-value.js'
import type { DatasetIndex } from '../dataset-index.js'
import { checkPositions } from '../order/positions.js'
import type { BatchItem, ItemValue } from './batch-item.js'
import { type ComponentKind, type Components, type GivenValues, type SingleValue, toComponent } from './component.js'

/** A batch with its declared components as properties. */
export type BatchWith<Values extends Components> = Batch<Values> & Values

/** Where the values of a batch come from. */
export interface BatchSource {
  readonly positions: Uint32Array
  readonly indices: readonly unknown[]
  /** The names of the components it has. */
  readonly names: readonly string[]
  /** The dataset the items are of, if any. */
  readonly dataset?: BatchDataset | undefined
  /** A copy of the batch's items, called once a component, when it is first read. */
  take(name: string): ComponentValue
}

/** An item with the declared components as properties. */
export type ItemWith<Values extends Components> = BatchItem<BatchWith<Values>> & { [Name in keyof Values]: ItemValue<Values[Name]> }

/** What a batch knows of its class: the kinds of its components, and how batches and items are made. */
export interface ClassOfBatch<Values extends Components = any> extends BatchClass<keyof Values & string> {
  readonly kinds: { readonly [Name in keyof Values]: ComponentKind<Values[Name]> }
  /** A batch whose components are taken from a source when they are read. */
  create(source: BatchSource): BatchWith<Values>
  /**
   * A batch of data in memory, without a dataset: ids 0 … n−1 unless given. BatchFlow: `Batch.from_data`.
   *
   * @throws MillraceError `component-value`, `component-length`
   */
  fromData(values: GivenValues<Values>, ids?: readonly unknown[]): BatchWith<Values>
  /** A view of one item of a batch. */
  createItem(batch: Batch<Values>, position: number): ItemWith<Values>
}

/** What a batch knows of its dataset. */
export type BatchDataset = SourceDataset & { readonly index: DatasetIndex }

/**
 * Some items of a dataset and their components. Declared components are properties: `batch.images`.
 *
 * In-place edits: a batch owns its values, which are copies made when a component is first read. Reading a component twice returns the
 * same object, so an edit of `batch.images.data` stays with this batch, and so does what is written to an item of it; it never reaches
 * the dataset or another batch. (Entries of list components that are objects are shared; `deepCopy` copies them too.)
 *
 * @example
 * const batch = ImagesBatch.fromData({ images: NdArray.zeros([4, 28, 28, 1], 'uint8'), labels: [5, 0, 4, 1] })
 * batch.images.shape                            // [4, 28, 28, 1]
 * batch.set('scores', NdArray.zeros([4, 10]))   // a new component
 * batch.get('scores')                           // NdArray
 * batch.item(3).labels                          // 1: the item with the id 3
 * for (const { id, labels } of batch) console.log(id, labels)
 *
 * BatchFlow: `Batch`. There reading an absent component returns None; here a property throws `component-absent`, and `get` returns undefined.
 */
export class Batch<Values extends Components = { [name: string]: ComponentValue }> implements SourceBatch {
  readonly #source: BatchSource
  readonly #kinds: Readonly<Record<string, ComponentKind>>
  readonly #values = new Map<string, ComponentValue>()
  /** Its batch class: what it declares, and how to make another one. */
  readonly batchClass: ClassOfBatch<Values>

  constructor(batchClass: ClassOfBatch<Values>, source: BatchSource) {
    this.batchClass = batchClass
    this.#kinds = batchClass.kinds
    this.#source = source
  }

  /** The items' positions in the dataset. */
  get positions(): Uint32Array {
    return this.#source.positions
  }

  /** The items' ids in the dataset's index. BatchFlow: `indices`. */
  get indices(): readonly unknown[] {
    return this.#source.indices
  }

  /** The dataset it is of; undefined for batches made of data in memory and merged ones. */
  get dataset(): BatchDataset | undefined {
    return this.#source.dataset
  }

  /** The number of items. */
  get length(): number {
    return this.#source.positions.length
  }

  /** The names of the components that have a value. */
  get componentNames(): readonly string[] {
    return [...new Set([...this.#source.names, ...this.#values.keys()])]
  }

  /** A component's value, undefined if it has none. The same object each time. */
  get<Name extends keyof Values & string>(component: Name): Values[Name] | undefined
  get(component: string): ComponentValue | undefined
  get(component: string): ComponentValue | undefined {
    const kept = this.#values.get(component)
    if (kept !== undefined) return kept
    if (!this.#source.names.includes(component)) return undefined
    const taken = this.#source.take(component)
    this.#values.set(component, taken)
    return taken
  }

  /**
   * Sets a component, declared or new. A declared one keeps its kind; a new one has one entry per item, or is one value for all of them: a
   * number, a string, an object. The value is kept itself, not a copy.
   *
   * @throws MillraceError `component-value`, `component-length` (one entry per item), `component-name`
   *
   * BatchFlow: `batch.images = …`, `add_components`.
   */
  set<Name extends string>(component: Name, value: Name extends keyof Values ? Values[Name] : ComponentValue | SingleValue): void
  set(component: string, value: ComponentValue): void
  set(component: string, value: unknown): void {
    if (!(component in this.#kinds)) checkName(component, this.batchClass.name)
    this.#values.set(component, toComponent(component, value, this.#kinds[component], `a batch of ${this.length} items`, this.length))
  }

  /** Whether a component has a value. */
  has(component: string): boolean {
    return this.#values.has(component) || this.#source.names.includes(component)
  }

  /** A component's value. @throws MillraceError `component-absent` */
  require<Name extends keyof Values & string>(component: Name): Values[Name] {
    const { batchClass, componentNames } = this
    return this.get(component) ?? fail('component-absent', { batchClass: batchClass.name, name: component, present: componentNames })
  }

  /** The item with this id; of ids that repeat, the last. @throws MillraceError `unknown-id`. BatchFlow: `batch[id]`. */
  item(id: unknown): ItemWith<Values> {
    const position = this.indices.lastIndexOf(id)
    return position >= 0 ? this.itemAt(position) : fail('unknown-id', { of: 'the batch', seen: describeValue(id), length: this.length })
  }

  /** The item at a position of the batch. @throws MillraceError `position-outside` */
  itemAt(position: number): ItemWith<Values> {
    checkPositions([position], this.length, 'the batch')
    return this.batchClass.createItem(this, position)
  }

  /** The items, one by one. BatchFlow walks the ids. */
  *[Symbol.iterator](): IterableIterator<ItemWith<Values>> {
    for (let position = 0; position < this.length; position++) yield this.itemAt(position)
  }

  /** A batch of the same items that shares nothing with this one, down to the entries of lists. BatchFlow: `deepcopy`. */
  deepCopy(): BatchWith<Values> {
    const values = new Map(this.componentNames.map(name => [name, copyValue(this.get(name)!)]))
    return this.batchClass.create({ ...this.#source, names: [...values.keys()], take: name => values.get(name)! })
  }
}

/** The names of a batch's own properties, and of an item's. */
const reserved = [...Object.getOwnPropertyNames(Batch.prototype), 'batchClass', 'batch', 'id', 'position']

/** @throws MillraceError `component-name` where a component could not be a property of a batch */
export function checkName(name: string, batchClass: string): void {
  if (reserved.includes(name) || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) fail('component-name', { batchClass, name, reserved })
}
