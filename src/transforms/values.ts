import { fail } from '../errors/index.js'
import { describeValue } from '../util/describe-value.js'
import { NdArray } from '../util/nd-array.js'
import { type AnyTypedArray, arrayOfTyped, isTypedArray } from '../util/typed-values.js'

/** Values to transform: an array, a typed array, or numbers in lists. */
export type Values = NdArray | AnyTypedArray | number | readonly unknown[]

/** @throws MillraceError `wrong-value` for what is not numbers */
export function toValues(of: string, values: unknown): NdArray {
  const array = read(values)
  if (array !== undefined) return array
  return fail('wrong-value', { name: `the values of ${of}`, seen: describeValue(values), allowed: 'an array of numbers' })
}

function read(values: unknown): NdArray | undefined {
  if (values instanceof NdArray) return values
  try {
    return isTypedArray(values) ? arrayOfTyped(values) : NdArray.from(values, 'float64')
  } catch {
    return undefined
  }
}

/** The array with each value replaced: float64 of float64, otherwise float32. */
export function mapValues({ data, shape, dtype }: NdArray, change: (value: number) => number): NdArray {
  const result = dtype === 'float64' ? new Float64Array(data.length) : new Float32Array(data.length)
  for (let i = 0; i < result.length; i++) result[i] = change(data[i]!)
  return new NdArray(result, shape)
}
