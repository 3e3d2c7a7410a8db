/** Tensors of TensorFlow.js, recognised by their members: this room loads no TensorFlow. */
import { fail } from '../../errors/index.js'
import type { ComponentValue } from '../../pipeline/description/contracts.js'
import { NdArray } from '../../util/nd-array.js'
import { nestList } from './nest-list.js'

/** The members of a tensor that are used. Its values are copied; disposing of it remains the caller's task. */
export interface TensorLike {
  readonly shape: readonly number[]
  readonly dtype: string
  dataSync(): ArrayLike<unknown>
}

export function isTensor(value: unknown): value is TensorLike {
  const { shape, dtype, dataSync } = (value ?? {}) as Partial<TensorLike>
  return Array.isArray(shape) && typeof dtype === 'string' && typeof dataSync === 'function'
}

/**
 * Returns a tensor's values: an array of the same dtype and shape (bool becomes uint8), a list for strings, nested if it has more axes.
 *
 * @throws MillraceError `tensor-dtype`
 */
export function fromTensor(tensor: TensorLike): ComponentValue {
  const { shape, dtype } = tensor
  const data = tensor.dataSync()
  if (dtype === 'string') return nestList(Array.from(data), shape)
  if (data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint8Array) {
    if (dtype !== 'complex64') return new NdArray(data.slice(), [...shape])
  }
  return fail('tensor-dtype', { seen: dtype })
}
