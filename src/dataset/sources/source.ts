/** The source of a dataset's items: memory, files, or anything that can return some of its items. */
import type { ComponentValue } from '../../pipeline/description/contracts.js'

/** Where the items are: in memory, or in files to read first. */
export type Storage = 'memory' | 'files'

/** A value for data in memory, a promise of it for data to read. */
export type MaybeAsync<H extends Storage, Value> = H extends 'memory' ? Value : Promise<Value>

/** Returns the values of some items, component by component. The caller owns the result. */
export type ReadComponent = (component: string) => ComponentValue

/**
 * A source of items. To read from elsewhere (a database, a service), pass an object of this shape to `Dataset.fromSource`.
 *
 * @example
 * const source: DataSource<'files'> = {
 *   names: ['lines'],
 *   length: await table.count(),
 *   items: async positions => {
 *     const rows = await table.read([...positions])
 *     return () => rows.map(row => row.text)
 *   },
 * }
 */
export interface DataSource<H extends Storage = Storage> {
  /** The components. */
  readonly names: readonly string[]
  /** The number of items. */
  readonly length: number
  /** Returns the items at these positions, in this order. Files are read for these items only, if the format allows it. */
  items(positions: Uint32Array): MaybeAsync<H, ReadComponent>
}

/** Applies `change` to a value or to that of a promise. */
export function whenReady<Value, Result>(value: Value | Promise<Value>, change: (value: Value) => Result): Result | Promise<Result> {
  return value instanceof Promise ? value.then(change) : change(value)
}
