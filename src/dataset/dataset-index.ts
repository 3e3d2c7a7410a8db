import { fail } from '../errors/index.js'
import { checkPositions } from './positions.js'
import { calcSplit, type Shares } from './shares.js'
import { show } from './show.js'
import { type Parts, type SplitOptions, splitPositions } from './split.js'

/** What identifies an item. */
export type ItemId = number | string

/** What an index can be made of: a number of items (ids 0 … n−1), ids, another index, or a function that gives one of these. */
export type IndexSource<Id extends ItemId = ItemId> = number | Iterable<Id> | DatasetIndex<Id> | (() => IndexSource<Id>)

/**
 * The ids of a dataset's items, in order. It never changes. Ids may repeat (then an id's position is that of its last appearance).
 *
 * @example
 * const index = new DatasetIndex(['a', 'b', 'c'])
 * index.getPos('c')                     // 2
 * index.concat(['d']).ids               // ['a', 'b', 'c', 'd']
 * new DatasetIndex(10).split([0.5, 0.3, 0.2]).validation.ids  // [0, 1]
 *
 * @throws MillraceError `index-empty`, `index-type`
 *
 * BatchFlow: `DatasetIndex`.
 */
export class DatasetIndex<Id extends ItemId = ItemId> {
  readonly ids: readonly Id[]
  #positions: ReadonlyMap<Id, number> | undefined

  constructor(source: IndexSource<Id>) {
    this.ids = toIds(source)
    if (this.ids.length === 0) fail('index-empty', undefined)
  }

  /** The number of items. */
  get length(): number {
    return this.ids.length
  }

  /** Whether an id appears more than once. BatchFlow warns of it. */
  get hasDuplicates(): boolean {
    return this.#byId.size < this.length
  }

  /** The position of an id, or the positions of several. @throws MillraceError `unknown-id` */
  getPos(id: Id): number
  getPos(ids: readonly Id[] | DatasetIndex<Id>): Uint32Array
  getPos(wanted: Id | readonly Id[] | DatasetIndex<Id>): number | Uint32Array {
    if (wanted instanceof DatasetIndex) return this.getPos(wanted.ids)
    if (Array.isArray(wanted)) return Uint32Array.from(wanted as readonly Id[], id => this.getPos(id))
    return this.#byId.get(wanted as Id) ?? fail('unknown-id', { of: 'the index', seen: show(wanted), length: this.length })
  }

  /** The index of the items at these positions. @throws MillraceError `index-empty`, `position-outside` */
  subsetByPos(positions: ArrayLike<number>): DatasetIndex<Id> {
    checkPositions(positions, this.length, 'the index')
    return new DatasetIndex<Id>(Array.from(positions, position => this.ids[position]!))
  }

  /** The index of some of these ids. @throws MillraceError `unknown-id` */
  createSubset(ids: IndexSource<Id>): DatasetIndex<Id> {
    return this.subsetByPos(this.getPos(new DatasetIndex(ids)))
  }

  /** This index followed by others. BatchFlow: `+`, `concat`. */
  concat(...others: readonly IndexSource<Id>[]): DatasetIndex<Id> {
    return new DatasetIndex<Id>([this, ...others].flatMap(source => toIds(source)))
  }

  /** The sizes of train, test and validation: see `calcSplit`. */
  calcSplit(shares?: Shares): readonly [train: number, test: number, validation: number] {
    return calcSplit(this.length, shares)
  }

  /**
   * The index of each part. Validation takes its items first, then test, then train; parts without items are left out.
   *
   * @throws MillraceError `split-shares`, `wrong-value`
   *
   * BatchFlow: `Baseset.split`, which keeps the parts on the index itself.
   */
  split(shares?: Shares, options?: SplitOptions): Parts<DatasetIndex<Id>> {
    const parts = Object.entries(splitPositions(this.length, shares, options))
    return Object.fromEntries(parts.map(([part, positions]) => [part, this.subsetByPos(positions)]))
  }

  get #byId(): ReadonlyMap<Id, number> {
    this.#positions ??= new Map(this.ids.map((id, position) => [id, position]))
    return this.#positions
  }
}

function toIds<Id extends ItemId>(source: IndexSource<Id>): readonly Id[] {
  if (source instanceof DatasetIndex) return source.ids
  if (typeof source === 'function') return toIds(source())
  if (typeof source === 'number') {
    if (!Number.isSafeInteger(source) || source < 0) fail('index-type', { seen: String(source) })
    return Array.from({ length: source }, (_, i) => i as Id)
  }
  const isIterable = typeof source === 'object' && source !== null && Symbol.iterator in source
  const ids = isIterable ? Array.from(source) : fail('index-type', { seen: show(source) })
  const wrong = ids.find(id => typeof id !== 'string' && (typeof id !== 'number' || Number.isNaN(id)))
  return wrong === undefined && !ids.includes(undefined as never) ? ids : fail('index-type', { seen: `the id ${show(wrong)}` })
}
