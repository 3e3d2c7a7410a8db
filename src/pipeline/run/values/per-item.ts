/** The value of `P` and `PP`: one value per item of the batch. Only actions that work item by item can read it. */
import { NdArray } from '../../../util/nd-array.js'

/**
 * One value per item of the batch, as accepted by options of actions that work item by item.
 *
 * @example
 * const angleOf = (i: number) => (angle instanceof PerItem ? angle.at(i) : angle)
 */
export class PerItem<Value = unknown> {
  constructor(
    /** One entry per item. */
    readonly values: NdArray | readonly Value[],
  ) {}

  /** The number of values. */
  get length(): number {
    return this.values.length
  }

  /** The value for the item at a position: a number or an array of an `NdArray`, an entry of a list. */
  at(position: number): Value {
    const { values } = this
    if (!(values instanceof NdArray)) return values[position] as Value
    return (values.shape.length === 1 ? values.data[position] : values.item(position)) as Value
  }
}
