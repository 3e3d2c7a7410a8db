/** What a thread receives and returns: a slice of the items of a batch. */
import type { TypedArray } from '../util/nd-array.js'
import type { ItemWork } from './item-work.js'
import type { FunctionReference } from './module-function.js'
import type { PackedError } from './pack-error.js'

/** An array whose data another thread may read. */
export interface SharedArray {
  readonly shape: readonly number[]
  readonly data: TypedArray
}

/** A slice as a thread receives it. */
export interface SliceRequest {
  readonly reference: FunctionReference
  /** The work; inputs that are arrays are null here and listed in `arrays`. */
  readonly work: Omit<ItemWork, 'inputs'>
  readonly inputs: readonly (SharedArray | { readonly list: unknown })[]
  readonly into?: SharedArray | undefined
}

/** The result of a slice. */
export interface SliceReply {
  /** True if the results are in `into`. */
  readonly shared?: boolean
  /** Otherwise the results: one array if they are equal, else a packed list. */
  readonly stacked?: SharedArray
  readonly items?: unknown
  readonly failures: readonly { readonly position: number; readonly error: PackedError }[]
  /** The function could not be loaded. */
  readonly refused?: PackedError
}
