/** Element types of numeric arrays, and the sizes of shapes. */
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

/** Creates a zeroed typed array of `size` elements. */
export function allocate(dtype: DType, size: number): TypedArray {
  return new arrays[dtype](size)
}

/** Returns the number of elements of a shape. @throws RangeError unless it is integers from 0 */
export function sizeOf(shape: readonly number[]): number {
  if (!shape.every(n => Number.isInteger(n) && n >= 0))
    throw new RangeError(`[${shape.join(', ')}] is not a shape: integers from 0 are allowed`)
  return shape.reduce((product, n) => product * n, 1)
}

/** Returns the shape with the one entry of −1 computed from the number of elements. */
export function completeShape(shape: readonly number[], size: number): readonly number[] {
  if (shape.filter(n => n === -1).length !== 1) return shape
  const known = sizeOf(shape.filter(n => n !== -1))
  if (known === 0 || size % known !== 0) throw new RangeError(`${size} elements do not fill shape [${shape.join(', ')}]`)
  return shape.map(n => (n === -1 ? size / known : n))
}
