/** Finds the types of an operation without a rule by running it once on zeros. */
import { type Binding, toDType, toRawAttributes, toTypeNumber } from '../backend.js'
import { elementsOf } from '../ir/attributes.js'
import type { Attributes, DType, TensorType, Value } from '../ir/graph.js'
import { sizeOfShape } from '../ir/shapes.js'

const known = new Map<string, readonly TensorType[]>()
const SMALL = 64

/** Types of the outputs. Constants are taken as they are, every other input as zeros. Remembered by operation, attributes and inputs. */
export function typesByRunning(
  binding: Binding,
  op: string,
  attributes: Attributes,
  inputs: readonly Value[],
  outputs: number,
): readonly TensorType[] {
  const key = JSON.stringify([op, attributes, inputs.map(describe), outputs])
  const found = known.get(key) ?? run(binding, op, attributes, inputs, outputs)
  known.set(key, found)
  return found
}

function run(binding: Binding, op: string, attributes: Attributes, inputs: readonly Value[], outputs: number): readonly TensorType[] {
  const ids = inputs.map(value => binding.createTensor(value.shape, toTypeNumber(value.dtype), dataFor(value)))
  try {
    const raw = binding.executeOp(op, toRawAttributes(binding, attributes), ids, outputs)
    for (const { id } of raw) binding.deleteTensor(id)
    return raw.map(({ shape, dtype }) => ({ shape, dtype: toDType(dtype) ?? unusable(op, dtype) }))
  } finally {
    for (const id of ids) binding.deleteTensor(id)
  }
}

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const

function dataFor(value: Value): Float32Array | Int32Array | Uint8Array {
  const elements = elementsOf(value) ?? { splat: 0 }
  if ('data' in elements) return elements.data
  const ArrayType = arrays[value.dtype as keyof typeof arrays] ?? unusable('zeros', value.dtype)
  return new ArrayType(sizeOfShape(value.shape)).fill(elements.splat)
}

function describe(value: Value): unknown {
  const elements = elementsOf(value)
  const isSmall = elements !== undefined && 'data' in elements && elements.data.length <= SMALL
  return [value.shape, value.dtype, isSmall ? Array.from(elements.data) : elements && 'splat' in elements ? elements.splat : null]
}

function unusable(op: string, dtype: number | DType): never {
  throw new TypeError(`${op} returns elements of type ${dtype}`)
}
