/** Applies a function to items in this thread: in order, or several at a time if it is async. */
import { MillraceError } from '../errors/index.js'
import { NdArray } from '../util/nd-array.js'
import { deriveSeed, uniformAt } from '../util/seeds.js'
import { ItemOutput } from './item-output.js'
import type { ItemContext, ItemFailure, ItemFunction, ItemInput, ItemResults, ItemWork } from './item-work.js'

interface RunItemsOptions {
  readonly concurrency?: number
  readonly signal?: AbortSignal | undefined
  /** Existing memory for the results. */
  readonly into?: NdArray | undefined
}

/** Works on every item, even after one has failed: failures are reported together. Results are in the order of the items. */
export async function runItems(fn: ItemFunction, work: ItemWork, options: RunItemsOptions = {}): Promise<ItemResults> {
  const { concurrency = 1, signal, into } = options
  const output = new ItemOutput(work.count, into)
  const results: unknown[] = new Array(work.count)
  const failures: ItemFailure[] = []
  let next = 0
  const lane = async () => {
    while (next < work.count) {
      signal?.throwIfAborted()
      const i = next++
      try {
        const result = workOn(fn, work, i, output, signal)
        results[i] = checkResult(isPromise(result) ? await result : result)
      } catch (error) {
        failures.push({ position: work.first + i, error })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, work.count) }, lane))
  signal?.throwIfAborted()
  failures.sort((a, b) => a.position - b.position)
  return { items: failures.length > 0 ? [] : (output.stack(results) ?? results.map(result => apart(result, work))), failures }
}

/** Copies a result that shares memory with an input: an edit of one must not change the other. */
function apart(result: unknown, { inputs }: ItemWork): unknown {
  const isView = result instanceof NdArray && inputs.some(input => input instanceof NdArray && input.data.buffer === result.data.buffer)
  return isView ? new NdArray(result.data.slice(), result.shape) : result
}

function workOn(fn: ItemFunction, work: ItemWork, i: number, output: ItemOutput, signal: AbortSignal | undefined): unknown {
  const position = work.first + i
  const seed = deriveSeed(work.seed, 'item', position)
  const item = work.several ? work.inputs.map(input => itemAt(input, i)) : itemAt(work.inputs[0]!, i)
  const p = typeof work.p === 'number' ? work.p : work.p[i]!
  if (p < 1 && uniformAt(deriveSeed(seed, 'p'), 0) >= p) return item
  const context: ItemContext = { seed, position, signal, allocate: (shape, dtype) => output.allocate(i, shape, dtype) }
  return fn(item, optionsAt(work, i), context)
}

/** One item of a component: a number of a list of numbers, a view of an array. */
function itemAt(input: ItemInput, i: number): unknown {
  if (!(input instanceof NdArray)) return input[i]
  return input.shape.length === 1 ? input.data[i] : input.item(i)
}

function optionsAt({ options: { fixed, varying } }: ItemWork, i: number): Readonly<Record<string, unknown>> {
  const own = Object.entries(varying)
  return own.length === 0 ? fixed : { ...fixed, ...Object.fromEntries(own.map(([name, values]) => [name, values[i]])) }
}

function checkResult(result: unknown): unknown {
  if (result !== undefined) return result
  throw new MillraceError('no-result', { seen: 'undefined', allowed: 'an array, a number, or another entry of the component' })
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
