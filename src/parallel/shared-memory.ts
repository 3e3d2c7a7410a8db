/** Memory shared by all threads, reused from batch to batch: allocating costs more than copying into it. */
import type { TypedArray } from '../util/nd-array.js'

const free: SharedArrayBuffer[] = []
const keptBuffers = 8

/** Returns the smallest free memory of at least this size, or new memory. It is not zeroed. */
export function takeMemory(bytes: number): SharedArrayBuffer {
  let best = -1
  for (const [i, { byteLength }] of free.entries()) {
    if (byteLength >= bytes && (best < 0 || byteLength < free[best]!.byteLength)) best = i
  }
  return best < 0 ? new SharedArrayBuffer(bytes) : free.splice(best, 1)[0]!
}

/** Returns memory that no thread writes to any more. If there is too much, the least recently used is freed. */
export function releaseMemory(buffers: readonly SharedArrayBuffer[]): void {
  free.push(...buffers)
  if (free.length > keptBuffers) free.splice(0, free.length - keptBuffers)
}

/** An array of the type and length of another in shared memory. */
export function viewOf(like: TypedArray, memory: SharedArrayBuffer): TypedArray {
  const Class = like.constructor as new (buffer: SharedArrayBuffer, offset: number, length: number) => TypedArray
  return new Class(memory, 0, like.length)
}

/** Frees all memory. */
export function dropMemory(): void {
  free.length = 0
}
