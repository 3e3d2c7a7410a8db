/** Where the items of a dataset come from: memory, files, or anything that can give some of its items. */
import type { ComponentValue } from '../../pipeline/description/contracts.js'

/** Whether the items are at hand or have to be read first. */
export type Held = 'memory' | 'files'

/** A value at once for what is in memory, a promise of it for what has to be read. */
export type Soon<H extends Held, Value> = H extends 'memory' ? Value : Promise<Value>

/** The values of some items, component by component. What it gives is the caller's own. */
export type Items = (component: string) => ComponentValue

/**
 * A source of items. To read from a place of your own (a database, a service), give an object of this shape to `Dataset.fromSource`.
 *
 * @example
 * const source: DataSource<'files'> = {
 *   names: ['texts'],
 *   length: await table.count(),
 *   items: async positions => {
 *     const rows = await table.read([...positions])
 *     return () => rows.map(row => row.text)
 *   },
 * }
 */
export interface DataSource<H extends Held = Held> {
  /** The components it has. */
  readonly names: readonly string[]
  /** The number of items. */
  readonly length: number
  /** The items at these positions, in this order. Files are read for these items only, where the format allows it. */
  items(positions: Uint32Array): Soon<H, Items>
}

/** What `change` makes of a value, which may still have to come. */
export function soon<Value, Result>(value: Value | Promise<Value>, change: (value: Value) => Result): Result | Promise<Result> {
  return value instanceof Promise ? value.then(change) : change(value)
}
