/** Numeric arrays with a shape, in plain memory: what batches carry and models take and give, without TensorFlow. */
export type TypedArray = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array

const arrays = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const

/** The element type of an `NdArray`. */
export type DType = keyof typeof arrays
export const dtypes = Object.keys(arrays) as readonly DType[]

/** The name of a typed array's element type. */
export function dtypeOf(data: TypedArray): DType {
  for (const name of dtypes) if (data instanceof arrays[name]) return name
  throw new TypeError(`no dtype for ${Object.prototype.toString.call(data)}`)
}

/** A zeroed typed array of `size` elements. */
export function allocate(dtype: DType, size: number): TypedArray {
  return new arrays[dtype](size)
}

/** The number of elements of a shape. @throws RangeError unless it is whole numbers from 0 */
export function sizeOf(shape: readonly number[]): number {
  if (!shape.every(n => Number.isInteger(n) && n >= 0)) throw new RangeError(`[${shape.join(', ')}] is not a shape: whole numbers from 0`)
  return shape.reduce((product, n) => product * n, 1)
}

function checkPosition(position: number, length: number): void {
  if (!(Number.isInteger(position) && position >= 0 && position < length)) {
    throw new RangeError(`no item ${position} in an array of ${length}`)
  }
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
}

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
    if (size !== data.length) throw new RangeError(`shape [${shape.join(', ')}] holds ${size} elements, the data ${data.length}`)
  }

  /** An array of zeros. */
  static zeros(shape: readonly number[], dtype: DType = 'float32'): NdArray {
    return new NdArray(allocate(dtype, sizeOf(shape)), shape)
  }

  /** From numbers, nested as deep as the shape (the innermost lists may be typed arrays); float32 unless told. */
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

  /** A view (no copy) of one item. */
  item(position: number): NdArray {
    checkPosition(position, this.length)
    return new NdArray(this.slice(position, position + 1).data, this.shape.slice(1))
  }

  /** A view (no copy) of the items from `start` up to `end`. */
  slice(start: number, end: number = this.length): NdArray {
    if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= this.length)) {
      throw new RangeError(`no items ${start} up to ${end} in an array of ${this.length}`)
    }
    const size = this.itemSize
    return new NdArray(this.data.subarray(start * size, end * size) as TypedArray, [end - start, ...this.shape.slice(1)])
  }

  /** A copy of the items at these positions, in this order. */
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

  /** The same elements in another shape (no copy). */
  reshape(shape: readonly number[]): NdArray {
    return new NdArray(this.data as TypedArray, shape)
  }

  /** A copy with another element type; `scale` multiplies each element on the way. Integer types drop the fraction and wrap around. */
  cast(dtype: DType, scale = 1): NdArray {
    const data = allocate(dtype, this.data.length)
    for (let i = 0; i < data.length; i++) data[i] = this.data[i]! * scale
    return new NdArray(data, this.shape)
  }

  /** Nested plain arrays of numbers, as deep as the shape; a number for a scalar. */
  toNested(): unknown {
    if (this.shape.length === 0) return this.data[0]
    if (this.shape.length === 1) return Array.from(this.data)
    return Array.from({ length: this.length }, (_, i) => this.item(i).toNested())
  }
}
