/** Components in memory. */
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { takeItems } from '../batch/component.js'
import type { DataSource, ReadComponent } from './source.js'

/** A source over components in memory; batches receive copies, made when a component is first read. */
export class ColumnsSource implements DataSource<'memory'> {
  readonly names: readonly string[]

  constructor(
    readonly values: ReadonlyMap<string, ComponentValue>,
    readonly length: number,
  ) {
    this.names = [...values.keys()]
  }

  /** @internal */
  items(positions: Uint32Array): ReadComponent {
    return name => takeItems(this.values.get(name)!, positions)
  }
}
