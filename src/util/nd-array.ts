/** Numeric arrays with a shape, in plain memory: the values of batches and models, without TensorFlow. */
import { allocate, completeShape, type DType, dtypeOf, sizeOf, type TypedArray } from './dtypes.js'
import { type Axes, type Reduction, reduce } from './reductions.js'

export { allocate, type DType, dtypeOf, dtypes, sizeOf, type TypedArray } from './dtypes.js'

function checkPosition(position: number, length: number): void {
  if (!(Number.isInteger(position) && position >= 0 && position < length)) {
    throw new RangeError(`no item ${position} in an array of ${length}`)
  }
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
}

/** A number for all elements; an array for a reduction along axes. */
export type Reduced<A extends Axes | undefined> = A extends undefined ? number : NdArray

/**
 * A dense numeric array: row-major `data` and its `shape`. The first axis counts the items.
 *
 * @example
 * const images = new NdArray(new Float32Array(2 * 28 * 28), [2, 28, 28, 1])
 * images.length   // 2
 * images.item(1)  // a view of the second image, shape [28, 28, 1]
 */
export class NdArray<T extends TypedArray = TypedArray> {
  constructor(
    readonly data: T,
    readonly shape: readonly number[],
  ) {
    const size = sizeOf(shape)
    if (size !== data.length) throw new RangeError(`shape [${shape.join(', ')}] has ${size} elements, the data ${data.length}`)
  }

  /** Creates an array of zeros. */
  static zeros(shape: readonly number[], dtype: DType = 'float32'): NdArray {
    return new NdArray(allocate(dtype, sizeOf(shape)), shape)
  }

  /** Creates an array from numbers, nested as deep as the shape (the innermost lists may be typed arrays). Default dtype float32. */
  static from(values: unknown, dtype: DType = 'float32'): NdArray {
    const shape: number[] = []
    for (let level = values; isList(level); level = level[0]) shape.push(level.length)
    const array = NdArray.zeros(shape, dtype)
    let filled = 0
    const fill = (level: unknown, axis: number): void => {
      if (isList(level) ? level.length !== shape[axis] : axis < shape.length || (typeof level !== 'number' && typeof level !== 'boolean')) {
        throw new RangeError(
          `the values are not numbers nested as [${shape.join(', ')}]: ${isList(level) ? `${level.length} values` : String(level)}`,
        )
      }
      if (isList(level)) for (let i = 0; i < level.length; i++) fill(level[i], axis + 1)
      else array.data[filled++] = Number(level)
    }
    fill(values, 0)
    return array
  }

  get dtype(): DType {
    return dtypeOf(this.data)
  }

  /** The number of items: the first entry of the shape, 1 for a scalar. */
  get length(): number {
    return this.shape[0] ?? 1
  }

  /** The number of elements of one item. */
  get itemSize(): number {
    return this.shape.slice(1).reduce((product, n) => product * n, 1)
  }

  /** Returns a view (no copy) of one item. */
  item(position: number): NdArray {
    checkPosition(position, this.length)
    return new NdArray(this.slice(position, position + 1).data, this.shape.slice(1))
  }

  /** Returns a view (no copy) of the items from `start` up to `end`. */
  slice(start: number, end: number = this.length): NdArray {
    if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= this.length)) {
      throw new RangeError(`no items ${start} up to ${end} in an array of ${this.length}`)
    }
    const size = this.itemSize
    return new NdArray(this.data.subarray(start * size, end * size) as TypedArray, [end - start, ...this.shape.slice(1)])
  }

  /** Returns a copy of the items at these positions, in this order. */
  take(positions: ArrayLike<number>): NdArray {
    const size = this.itemSize
    const data = allocate(this.dtype, positions.length * size)
    for (let i = 0; i < positions.length; i++) {
      checkPosition(positions[i]!, this.length)
      const from = positions[i]! * size
      if (size === 1) data[i] = this.data[from]!
      else data.set(this.data.subarray(from, from + size), i * size)
    }
    return new NdArray(data, [positions.length, ...this.shape.slice(1)])
  }

  /** Returns the same elements in another shape (no copy); one entry may be −1 and is computed from the others. */
  reshape(shape: readonly number[]): NdArray {
    return new NdArray(this.data as TypedArray, completeShape(shape, this.data.length))
  }

  /** Returns a copy with another element type; `scale` multiplies each element first. Integer types drop the fraction and wrap around. */
  cast(dtype: DType, scale = 1): NdArray {
    const data = allocate(dtype, this.data.length)
    for (let i = 0; i < data.length; i++) data[i] = this.data[i]! * scale
    return new NdArray(data, this.shape)
  }

  /** Returns nested plain arrays of numbers, as deep as the shape; a number for a scalar. */
  toNested(): unknown {
    if (this.shape.length === 0) return this.data[0]
    if (this.shape.length === 1) return Array.from(this.data)
    return Array.from({ length: this.length }, (_, i) => this.item(i).toNested())
  }

  /** The sum: a number for all elements, an array along axes; `keepAxes` keeps these with length 1. Sums of integers are float64. */
  sum<A extends Axes | undefined = undefined>(axes?: A, keepAxes?: boolean): Reduced<A> {
    return this.#reduce('sum', axes, keepAxes)
  }

  /** The mean, as `sum`; float64 for float64, otherwise float32. */
  mean<A extends Axes | undefined = undefined>(axes?: A, keepAxes?: boolean): Reduced<A> {
    return this.#reduce('mean', axes, keepAxes)
  }

  /** The standard deviation (divided by n, numpy's `std`). */
  std<A extends Axes | undefined = undefined>(axes?: A, keepAxes?: boolean): Reduced<A> {
    return this.#reduce('std', axes, keepAxes)
  }

  /** The variance (divided by n, numpy's `var`). */
  var<A extends Axes | undefined = undefined>(axes?: A, keepAxes?: boolean): Reduced<A> {
    return this.#reduce('var', axes, keepAxes)
  }

  /** The largest element. */
  max<A extends Axes | undefined = undefined>(axes?: A, keepAxes?: boolean): Reduced<A> {
    return this.#reduce('max', axes, keepAxes)
  }

  /** The smallest element. */
  min<A extends Axes | undefined = undefined>(axes?: A, keepAxes?: boolean): Reduced<A> {
    return this.#reduce('min', axes, keepAxes)
  }

  /** The position of the first largest element, int32; without axes in the whole data. */
  argmax<A extends Axes | undefined = undefined>(axes?: A, keepAxes?: boolean): Reduced<A> {
    return this.#reduce('argmax', axes, keepAxes)
  }

  /** The position of the first smallest element. */
  argmin<A extends Axes | undefined = undefined>(axes?: A, keepAxes?: boolean): Reduced<A> {
    return this.#reduce('argmin', axes, keepAxes)
  }

  #reduce<A extends Axes | undefined>(reduction: Reduction, axes: A | undefined, keepAxes: boolean | undefined): Reduced<A> {
    const reduced = reduce(this, reduction, axes, keepAxes)
    return (typeof reduced === 'number' ? reduced : new NdArray(reduced.data, reduced.shape)) as Reduced<A>
  }
}
