import { fail } from '../errors/index.js'
import { describeValue } from '../util/describe-value.js'
import { checkPositions } from './order/positions.js'
import { calcSplit, type Shares } from './order/shares.js'
import { type Parts, type SplitOptions, splitPositions } from './order/split.js'

/** The id of an item. */
export type ItemId = number | string

/** The source of an index: a number of items (ids 0 … n−1), ids, another index, or a function that returns one of these. */
export type IndexSource<Id extends ItemId = ItemId> = number | Iterable<Id> | DatasetIndex<Id> | (() => IndexSource<Id>)

/**
 * The ids of a dataset's items, in order. It is immutable. Ids may repeat; the position of a repeated id is its last one.
 * An index of n items takes constant memory.
 *
 * @example
 * const index = new DatasetIndex(['a', 'b', 'c'])
 * index.getPos('c')                     // 2
 * index.concat(['d']).ids               // ['a', 'b', 'c', 'd']
 * new DatasetIndex(10).split([0.5, 0.3, 0.2]).validation?.ids  // [0, 1]
 *
 * @throws MillraceError `index-empty`, `index-type`
 *
 * BatchFlow: `DatasetIndex`. It warns of repeated ids; here see `hasDuplicates`.
 */
export class DatasetIndex<Id extends ItemId = ItemId> {
  /** The ids, or the number of items if the ids are 0 … n−1. */
  readonly #given: readonly Id[] | number
  #ids: readonly Id[] | undefined
  #positions: ReadonlyMap<Id, number> | undefined

  constructor(source: IndexSource<Id>) {
    this.#given = DatasetIndex.#read(source)
    if (this.length === 0 && !this.mayBeEmpty) fail('index-empty', undefined)
  }

  /** True if this kind of index may be empty. */
  protected get mayBeEmpty(): boolean {
    return false
  }

  /** All ids, in order. BatchFlow: `indices`. */
  get ids(): readonly Id[] {
    this.#ids ??= typeof this.#given === 'number' ? Array.from({ length: this.#given }, (_, i) => i as Id) : this.#given
    return this.#ids
  }

  /** The number of items. */
  get length(): number {
    return typeof this.#given === 'number' ? this.#given : this.#given.length
  }

  /** @internal True if it was made of a number of items, so that the ids are 0 … n−1. */
  get isCounted(): boolean {
    return typeof this.#given === 'number'
  }

  /** True if an id appears more than once. BatchFlow warns of it. */
  get hasDuplicates(): boolean {
    return typeof this.#given !== 'number' && this.#byId.size < this.length
  }

  /** The id at a position. @throws MillraceError `position-outside` */
  idAt(position: number): Id {
    return this.idsAt([position])[0]!
  }

  /** The ids at these positions. @throws MillraceError `position-outside` */
  idsAt(positions: ArrayLike<number>): readonly Id[] {
    checkPositions(positions, this.length, 'the index')
    const given = this.#given
    const ids = new Array<Id>(positions.length)
    for (let i = 0; i < ids.length; i++) ids[i] = typeof given === 'number' ? (positions[i] as Id) : given[positions[i]!]!
    return ids
  }

  /** The position of an id, or the positions of several. @throws MillraceError `unknown-id` */
  getPos(id: Id): number
  getPos(ids: Iterable<Id> | DatasetIndex<Id>): Uint32Array
  getPos(wanted: Id | Iterable<Id> | DatasetIndex<Id>): number | Uint32Array {
    if (wanted instanceof DatasetIndex) return this.getPos(wanted.ids)
    if (typeof wanted === 'object' && wanted !== null) return Uint32Array.from(wanted as Iterable<Id>, id => this.getPos(id))
    return this.#find(wanted as Id) ?? fail('unknown-id', { of: 'the index', seen: describeValue(wanted), length: this.length })
  }

  /** The index of the items at these positions, of the same class. @throws MillraceError `index-empty`, `position-outside` */
  subsetByPos(positions: ArrayLike<number>): this {
    return this.like(this.idsAt(positions))
  }

  /** The index of some of these ids, of the same class. @throws MillraceError `unknown-id` */
  createSubset(ids: IndexSource<Id>): this {
    return this.subsetByPos(this.getPos(ids instanceof DatasetIndex ? ids : new DatasetIndex(ids)))
  }

  /** Returns this index followed by others, of the class of this one. BatchFlow: `+`, `concat`. */
  concat(...others: readonly IndexSource[]): this {
    return this.like([this, ...others].flatMap(source => (source instanceof DatasetIndex ? source : new DatasetIndex(source)).ids) as Id[])
  }

  /** Returns the sizes of train, test and validation: see `calcSplit`. */
  calcSplit(shares?: Shares): readonly [train: number, test: number, validation: number] {
    return calcSplit(this.length, shares)
  }

  /**
   * Returns the index of each part. Validation takes its items first, then test, then train; empty parts are omitted.
   *
   * @throws MillraceError `split-shares`, `wrong-value`
   *
   * BatchFlow: `Baseset.split`, which keeps the parts on the index itself.
   */
  split(shares?: Shares, options?: SplitOptions): Parts<this> {
    const parts = Object.entries(splitPositions(this.length, shares, options))
    return Object.fromEntries(parts.map(([part, positions]) => [part, this.subsetByPos(positions)]))
  }

  /**
   * Creates an index of the same class with these ids. A subclass that has further state, or another constructor, defines it anew.
   *
   * @throws MillraceError `index-class` if the constructor of a subclass makes another index
   */
  protected like(ids: readonly Id[]): this {
    if (this.constructor === DatasetIndex || ids.length === 0) return new DatasetIndex<Id>(ids) as this
    const Class = this.constructor as new (ids: readonly Id[]) => this
    return sameIndex(Class.name, ids, () => new Class(ids))
  }

  #find(id: Id): number | undefined {
    if (typeof this.#given !== 'number') return this.#byId.get(id)
    return Number.isInteger(id) && (id as number) >= 0 && (id as number) < this.#given ? (id as number) : undefined
  }

  get #byId(): ReadonlyMap<Id, number> {
    this.#positions ??= new Map(this.ids.map((id, position) => [id, position]))
    return this.#positions
  }

  static #read<Id extends ItemId>(source: IndexSource<Id>): readonly Id[] | number {
    if (source instanceof DatasetIndex) return source.#given
    if (typeof source === 'function') return DatasetIndex.#read(source())
    if (typeof source === 'number')
      return Number.isSafeInteger(source) && source >= 0 ? source : fail('index-type', { seen: String(source) })
    const isIterable = typeof source === 'object' && source !== null && Symbol.iterator in source
    const ids = isIterable ? Array.from(source) : fail('index-type', { seen: describeValue(source) })
    const wrong = ids.find(id => typeof id !== 'string' && (typeof id !== 'number' || Number.isNaN(id)))
    return wrong === undefined && !ids.includes(undefined as never) ? ids : fail('index-type', { seen: `the id ${describeValue(wrong)}` })
  }
}

/** An index of a subclass, if it has these ids. @throws MillraceError `index-class` */
export function sameIndex<Index extends DatasetIndex<any>>(name: string, ids: readonly ItemId[], make: () => Index): Index {
  let made: Index
  try {
    made = make()
  } catch (error) {
    return fail('index-class', { name }, {}, error)
  }
  const isSame = made instanceof DatasetIndex && made.length === ids.length && ids.every((id, i) => made.ids[i] === id)
  return isSame ? made : fail('index-class', { name })
}
