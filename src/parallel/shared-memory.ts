/** Memory that all threads see, used again from batch to batch: making it costs more than copying into it. */
import type { TypedArray } from '../util/nd-array.js'

const free: SharedArrayBuffer[] = []
const keptBuffers = 8

/** The smallest free memory of at least this size, or new memory. It holds whatever was there. */
export function takeMemory(bytes: number): SharedArrayBuffer {
  let best = -1
  for (const [i, { byteLength }] of free.entries()) {
    if (byteLength >= bytes && (best < 0 || byteLength < free[best]!.byteLength)) best = i
  }
  return best < 0 ? new SharedArrayBuffer(bytes) : free.splice(best, 1)[0]!
}

/** Gives memory back that no thread writes to any more. The least recently used goes where there is too much. */
export function releaseMemory(buffers: readonly SharedArrayBuffer[]): void {
  free.push(...buffers)
  if (free.length > keptBuffers) free.splice(0, free.length - keptBuffers)
}

/** An array of the type and length of another in shared memory. */
export function viewOf(like: TypedArray, memory: SharedArrayBuffer): TypedArray {
  const Class = like.constructor as new (buffer: SharedArrayBuffer, offset: number, length: number) => TypedArray
  return new Class(memory, 0, like.length)
}

/** Frees what is kept. */
export function dropMemory(): void {
  free.length = 0
}
