/** Components in memory. */
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { takeItems } from '../batch/component.js'
import type { DataSource, Items } from './source.js'

/** A source over components that are kept as they are; batches get copies, made when a component is first read. */
export class ColumnsSource implements DataSource<'memory'> {
  readonly names: readonly string[]

  constructor(
    readonly values: ReadonlyMap<string, ComponentValue>,
    readonly length: number,
  ) {
    this.names = [...values.keys()]
  }

  /** @internal */
  items(positions: Uint32Array): Items {
    return name => takeItems(this.values.get(name)!, positions)
  }
}
