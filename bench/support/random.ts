/** Random inputs that are a function of the seed and their place. */
import { NdArray } from '../../src/index.js'

/** Numbers in [0, 1). */
export function randomArray(shape: readonly number[], seed = 1): NdArray {
  const values = Float32Array.from({ length: sizeOf(shape) }, (_, i) => uint32(seed, i) / 2 ** 32)
  return new NdArray(values, [...shape])
}

/** Class numbers. */
export function randomLabels(length: number, classes: number, seed = 2): NdArray {
  return new NdArray(
    Int32Array.from({ length }, (_, i) => uint32(seed, i) % classes),
    [length],
  )
}

/** One-hot vectors in the last axis. */
export function randomOneHot(shape: readonly number[], classes: number, seed = 2): NdArray {
  const values = new Float32Array(sizeOf(shape) * classes)
  for (let i = 0; i < values.length; i += classes) values[i + (uint32(seed, i) % classes)] = 1
  return new NdArray(values, [...shape, classes])
}

const sizeOf = (shape: readonly number[]) => shape.reduce((size, n) => size * n, 1)

/** A hash of the seed and the place, as a whole number below 2³² (the finalizer of MurmurHash3). */
function uint32(seed: number, place: number): number {
  let h = Math.imul(seed, 0x9e3779b1) ^ place
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
