/** Collects the results of items: in one array while they are equal. */
import { type DType, dtypeOf, NdArray, type TypedArray } from '../util/nd-array.js'

const sameShape = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((size, i) => size === b[i])

export class ItemOutput {
  #all: NdArray | undefined
  readonly #taken: Uint8Array

  /** `all` is existing memory for all results; it need not be zeroed. */
  constructor(
    readonly count: number,
    all?: NdArray,
  ) {
    this.#all = all
    this.#taken = new Uint8Array(count)
  }

  /**
   * Returns zeros for an item's result: its position in the common array on the first request of the common shape, its own memory
   * otherwise.
   */
  allocate(item: number, shape: readonly number[], dtype: DType): NdArray {
    this.#all ??= NdArray.zeros([this.count, ...shape], dtype)
    if (this.#taken[item] === 1 || !this.#fits(shape, dtype)) return NdArray.zeros(shape, dtype)
    this.#taken[item] = 1
    const place = this.#place(item)
    place.fill(0)
    return new NdArray(place, shape)
  }

  /** Returns all results as one array if they have the same shape and type; those already in place are not copied. */
  stack(results: readonly unknown[]): NdArray | undefined {
    const [first] = results
    if (!(first instanceof NdArray)) return undefined
    const { shape, dtype } = first
    if (!results.every(result => result instanceof NdArray && result.dtype === dtype && sameShape(result.shape, shape))) return undefined
    if (this.#all === undefined || !this.#fits(shape, dtype)) this.#all = NdArray.zeros([this.count, ...shape], dtype)
    for (const [i, { data }] of (results as readonly NdArray[]).entries()) {
      const place = this.#place(i)
      if (data.buffer !== place.buffer || data.byteOffset !== place.byteOffset) place.set(data)
    }
    return this.#all
  }

  #fits(shape: readonly number[], dtype: DType): boolean {
    return dtypeOf(this.#all!.data) === dtype && sameShape(this.#all!.shape.slice(1), shape)
  }

  #place(item: number): TypedArray {
    const size = this.#all!.data.length / Math.max(1, this.count)
    return this.#all!.data.subarray(item * size, (item + 1) * size) as TypedArray
  }
}
