/** Work on the items of a batch as plain data: the same in this thread and in others. */
import type { DType, NdArray } from '../util/nd-array.js'

/** The context of a function that works on one item. */
export interface ItemContext {
  /** The item's own seed: derive every random draw from it, so that neither order nor threads change a result. */
  readonly seed: number
  /** The item's position in its batch. */
  readonly position: number
  readonly signal?: AbortSignal | undefined
  /**
   * Returns zeros of this shape for the result. If the batch's items are equal, they are the item's memory in the new component itself, and
   * nothing is copied afterwards.
   */
  allocate(shape: readonly number[], dtype: DType): NdArray
}

/** A function that works on one item: it returns the new item and does not change the old one. It may be async. */
export type ItemFunction<Item = any, Options = any> = (item: Item, options: Options, context: ItemContext) => unknown

/** The items of one component: an array's first axis, or the entries of a list. */
export type ItemInput = NdArray | readonly unknown[]

/** Options that are the same for every item, and options with a value per item. */
export interface ItemOptionsTable {
  readonly fixed: Readonly<Record<string, unknown>>
  readonly varying: Readonly<Record<string, readonly unknown[]>>
}

export interface ItemWork {
  /** One component, or several if the function takes a list of items. */
  readonly inputs: readonly ItemInput[]
  readonly several: boolean
  /** The position of the first item in its batch. */
  readonly first: number
  readonly count: number
  /** The seed of the batch and action. */
  readonly seed: number
  /** The probability of each item to be worked on; the others stay unchanged. */
  readonly p: number | readonly number[]
  readonly options: ItemOptionsTable
}

/** The results of the items: one array if they are equal, otherwise a list; and the failures. */
export interface ItemResults {
  readonly items: NdArray | readonly unknown[]
  readonly failures: readonly ItemFailure[]
}

export interface ItemFailure {
  readonly position: number
  readonly error: unknown
}

/** How items are worked on. */
export interface ParallelOptions {
  /** Threads; 0 for this one. Default 0. */
  readonly workers?: number
  /** Items that an async function works on at a time. Default 1. */
  readonly concurrency?: number
  /** The module that exports the function: a URL, or a path (relative to the working directory). Threads load it. */
  readonly module?: string | URL
  /** The function's name in the module. Default `default`. */
  readonly export?: string
}

/** The part of the work from one item up to another, counted within it. */
export function sliceWork(work: ItemWork, start: number, end: number): ItemWork {
  const { fixed, varying } = work.options
  return {
    ...work,
    inputs: work.inputs.map(input => input.slice(start, end)),
    first: work.first + start,
    count: end - start,
    p: typeof work.p === 'number' ? work.p : work.p.slice(start, end),
    options: { fixed, varying: Object.fromEntries(Object.entries(varying).map(([name, values]) => [name, values.slice(start, end)])) },
  }
}
