/** Sources over other sources: some of their items, or the items of several. Nothing is copied. */
import { fail } from '../../errors/index.js'
import { type ComponentKind, takeItems, toComponent } from '../batch/component.js'
import { joinItems } from '../batch/join-items.js'
import { type DataSource, type MaybeAsync, type ReadComponent, type Storage, whenReady } from './source.js'

/** Returns a source of the items at these positions, in this order. */
export function viewOf<H extends Storage>(source: DataSource<H>, positions: ArrayLike<number>): DataSource<H> {
  if (source instanceof View) return new View<H>(source.source, pick(source.rows, positions))
  return new View(source, Uint32Array.from(positions))
}

class View<H extends Storage> implements DataSource<H> {
  readonly names: readonly string[]
  readonly length: number

  constructor(
    readonly source: DataSource<H>,
    /** The row per position. */
    readonly rows: Uint32Array,
  ) {
    this.names = source.names
    this.length = rows.length
  }

  items(positions: Uint32Array): MaybeAsync<H, ReadComponent> {
    return this.source.items(pick(this.rows, positions))
  }
}

/**
 * Returns a source of the items of several sources, one source after the other.
 *
 * @throws MillraceError `join-components` if they have different components
 */
export function joinSources<H extends Storage>(sources: readonly DataSource<H>[]): DataSource<H> {
  const names = sources[0]!.names
  const other = sources.find(source => source.names.length !== names.length || !names.every(name => source.names.includes(name)))
  if (other !== undefined) fail('join-components', { first: names, second: other.names })
  return new Joined(sources)
}

class Joined<H extends Storage> implements DataSource<H> {
  readonly names: readonly string[]
  readonly length: number
  /** Where each source starts. */
  readonly #starts: readonly number[]

  constructor(readonly sources: readonly DataSource<H>[]) {
    this.names = sources[0]!.names
    let length = 0
    this.#starts = sources.map(source => {
      length += source.length
      return length - source.length
    })
    this.length = length
  }

  items(positions: Uint32Array): MaybeAsync<H, ReadComponent> {
    const places = this.#bySource(positions)
    const calls = [...places].map(([source, items]) => () => {
      const own = Uint32Array.from(items, i => positions[i]! - this.#starts[source]!)
      return this.sources[source]!.items(own) as ReadComponent | Promise<ReadComponent>
    })
    const order = [...places.values()].flat()
    const put = (pieces: readonly ReadComponent[]): ReadComponent => (pieces.length === 1 ? pieces[0]! : inBatchOrder(pieces, order))
    return whenReady(inTurn(calls), put) as MaybeAsync<H, ReadComponent>
  }

  /** Groups the items of a batch by source. */
  #bySource(positions: Uint32Array): ReadonlyMap<number, readonly number[]> {
    const places = new Map<number, number[]>()
    for (const [i, position] of positions.entries()) {
      const source = lastBelow(this.#starts, position)
      const known = places.get(source)
      if (known) known.push(i)
      else places.set(source, [i])
    }
    return places
  }
}

/** Returns the items of several pieces; `order` holds the position in the batch of each of them. */
function inBatchOrder(pieces: readonly ReadComponent[], order: readonly number[]): ReadComponent {
  const back = new Uint32Array(order.length)
  for (const [at, item] of order.entries()) back[item] = at
  return name => {
    const values = pieces.map(piece => piece(name))
    return takeItems(joinItems(name, values), back)
  }
}

/** Returns the results of calls, one after the other, so that no two files are in memory at once; a promise as soon as one of them is. */
function inTurn<Value>(
  calls: readonly (() => Value | Promise<Value>)[],
  done: readonly Value[] = [],
): readonly Value[] | Promise<readonly Value[]> {
  const [call, ...rest] = calls
  if (call === undefined) return done
  const value = call()
  return value instanceof Promise ? value.then(own => inTurn(rest, [...done, own])) : inTurn(rest, [...done, value])
}

/** Returns the index of the last of the sorted starts that is not above a position. */
function lastBelow(starts: readonly number[], position: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (starts[middle]! <= position) low = middle
    else high = middle - 1
  }
  return low
}

/**
 * Returns a source whose values are checked against the kinds of the batch class when they are read.
 *
 * @throws MillraceError `component-length` if the source has another length; reading items also throws `component-value`
 */
export function checkedSource<H extends Storage>(
  source: DataSource<H>,
  kinds: Readonly<Record<string, ComponentKind>>,
  dataset: string,
  length: number,
): DataSource<H> {
  if (source.length !== length)
    fail('component-length', { name: 'index', of: `the source of dataset ${dataset}`, seen: length, length: source.length })
  const of = `a batch of dataset ${dataset}`
  const checked =
    (items: ReadComponent, count: number): ReadComponent =>
    name =>
      toComponent(name, items(name), kinds[name], of, count)
  return {
    names: source.names,
    length,
    items: positions =>
      whenReady(source.items(positions) as ReadComponent | Promise<ReadComponent>, items => checked(items, positions.length)) as MaybeAsync<
        H,
        ReadComponent
      >,
  }
}

function pick(rows: Uint32Array, positions: ArrayLike<number>): Uint32Array {
  const picked = new Uint32Array(positions.length)
  for (let i = 0; i < picked.length; i++) picked[i] = rows[positions[i]!]!
  return picked
}
