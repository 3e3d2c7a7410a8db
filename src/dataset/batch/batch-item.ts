import { fail } from '../../errors/index.js'
import type { ComponentValue, SourceBatch } from '../../pipeline/description/contracts.js'
import { describeValue } from '../../util/describe-value.js'
import { NdArray } from '../../util/nd-array.js'
import { hasItems } from './component.js'

/** An item's value of a component: a number or a view of the array's item, or the entry of a list. */
export type ItemValue<Value> = Value extends NdArray ? NdArray | number : Value extends readonly (infer Entry)[] ? Entry : Value

/** What an item needs of its batch. */
export interface ItemSource extends SourceBatch {
  /** A component's value. @throws MillraceError `component-absent` */
  require(component: string): ComponentValue
}

/**
 * One item of a batch: a view, not a copy. Reading an array component of one axis returns a number, of more axes a view of the array's
 * item; writing to a component writes into the batch.
 *
 * @example
 * const item = batch.itemAt(0)
 * item.labels               // 5
 * item.labels = 3           // the batch has it
 * const image = item.images as NdArray
 * image.shape               // [28, 28, 1]
 * image.data[0] = 255       // so here
 *
 * BatchFlow: the items of `batch[id]`.
 */
export class BatchItem<B extends ItemSource = ItemSource> {
  constructor(
    readonly batch: B,
    /** The position in the batch. */
    readonly position: number,
  ) {}

  /** The id in the dataset's index. */
  get id(): unknown {
    return this.batch.indices[this.position]
  }

  /** Returns the value of a component; undefined if the batch has no such component. */
  get(component: string): unknown {
    const values: unknown = this.batch.get(component)
    if (!hasItems(values)) return values
    if (!(values instanceof NdArray)) return values[this.position]
    return values.shape.length === 1 ? values.data[this.position] : values.item(this.position)
  }

  /** Writes a component's value into the batch. @throws MillraceError `component-absent`, `item-value` */
  set(component: string, value: unknown): void {
    const values = this.batch.require(component)
    if (!hasItems(values)) return this.batch.set(component, value as ComponentValue)
    if (!(values instanceof NdArray)) {
      this.batch.set(component, (values as readonly unknown[]).with(this.position, value))
      return
    }
    const given = typeof value === 'number' ? new NdArray(Float64Array.of(value), []) : value
    const shape = values.shape.slice(1)
    if (!(given instanceof NdArray) || `${given.shape}` !== `${shape}`)
      fail('item-value', { name: component, seen: describeValue(value), shape })
    values.slice(this.position, this.position + 1).data.set(given.data)
  }
}

/** Creates a class of items with these components as properties. */
export function itemClass(components: readonly string[]): typeof BatchItem {
  const Item = class<B extends ItemSource> extends BatchItem<B> {}
  for (const component of components) {
    Object.defineProperty(Item.prototype, component, {
      enumerable: true,
      get(this: BatchItem) {
        this.batch.require(component)
        return this.get(component)
      },
      set(this: BatchItem, value) {
        this.set(component, value)
      },
    })
  }
  return Item
}
