/** Work on the items of a batch as plain data: the same in this thread and in others. */
import type { DType, NdArray } from '../util/nd-array.js'

/** What a function that works on one item is told besides its options. */
export interface ItemContext {
  /** The item's own seed: every random draw derives from it, so that neither order nor threads change a result. */
  readonly seed: number
  /** The item's position in its batch. */
  readonly position: number
  readonly signal?: AbortSignal | undefined
  /**
   * Zeros for the result, of this shape. Where the batch's items are equal they are the item's place in the new component itself, and
   * nothing is copied afterwards.
   */
  allocate(shape: readonly number[], dtype: DType): NdArray
}

/** A function that works on one item: it gives the new item and leaves the old one as it is. It may be async. */
export type ItemFunction<Item = any, Options = any> = (item: Item, options: Options, context: ItemContext) => unknown

/** The items of one component: an array's first axis, or the entries of a list. */
export type ItemInput = NdArray | readonly unknown[]

/** Options that are the same for every item, and those that each item has its own value of. */
export interface ItemOptionsTable {
  readonly fixed: Readonly<Record<string, unknown>>
  readonly varying: Readonly<Record<string, readonly unknown[]>>
}

export interface ItemWork {
  /** One component, or several where the function takes a list of items. */
  readonly inputs: readonly ItemInput[]
  readonly several: boolean
  /** The position of the first item in its batch. */
  readonly first: number
  readonly count: number
  /** The seed of the batch and action. */
  readonly seed: number
  /** The probability of each item to be worked on; the others stay as they are. */
  readonly p: number | readonly number[]
  readonly options: ItemOptionsTable
}

/** What came of the items: one array where they are equal, a list otherwise; and which failed. */
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
  /** Items of an async function under way at a time. Default 1. */
  readonly concurrency?: number
  /** The module the function lives in: a URL, or a path (a relative one is relative to the working directory). Threads load it. */
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
