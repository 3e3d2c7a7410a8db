/** Finds the numbers of a step that are not finite, so that they can be named. */
import type { Tensor, Tf } from '../tf-types.js'
import type { Fed } from './train-step.js'

/** A tensor that holds a number that is not finite, and the first of them. */
export interface Found {
  readonly name: string
  readonly value: number
}

/** The tensors, by name, that hold a number that is not finite. Reads all of a tensor only if its sum is not finite. */
export function findNotFinite(tf: Tf, tensors: Readonly<Record<string, Tensor>>): readonly Found[] {
  const entries = Object.entries(tensors).filter(([, { dtype }]) => dtype === 'float32')
  if (entries.length === 0) return []
  const sums = tf.tidy(() => tf.stack(entries.map(([, tensor]) => tf.sum(tensor))).dataSync())
  return entries.flatMap(([name, tensor], i) => {
    if (Number.isFinite(sums[i])) return []
    const value = tensor.dataSync().find(isNotFinite)
    return value === undefined ? [] : [{ name, value }]
  })
}

/** The inputs that were fed numbers that are not finite, and the positions of their items in the batch. */
export function fedNotFinite(fed: Fed): readonly { readonly input: string; readonly items: readonly number[] }[] {
  return [...fed].flatMap(([input, { data, length, shape }]) => {
    const size = shape.slice(1).reduce((product, length) => product * length, 1)
    const items = Array.from({ length }, (_, i) => i).filter(i => data.subarray(i * size, (i + 1) * size).some(isNotFinite))
    return items.length > 0 ? [{ input, items }] : []
  })
}

/** Also true for numbers that are finite only until they become float32. */
const isNotFinite = (value: number) => !Number.isFinite(Math.fround(value))
