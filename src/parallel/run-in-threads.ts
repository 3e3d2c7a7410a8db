/** Applies a module's function to items in several threads: free threads take slices of the batch, results are returned in order. */
import { MillraceError } from '../errors/index.js'
import { allocate, dtypeOf, NdArray, sizeOf } from '../util/nd-array.js'
import { type ItemFailure, type ItemInput, type ItemResults, type ItemWork, sliceWork } from './item-work.js'
import type { FunctionReference } from './module-function.js'
import { pack, unpack } from './pack.js'
import { unpackError } from './pack-error.js'
import { threadsOf } from './pools.js'
import { releaseMemory, takeMemory, viewOf } from './shared-memory.js'
import type { SharedArray, SliceReply, SliceRequest } from './slice.js'

/** Slices per thread: items differ in cost, and a thread that is done early takes another slice. */
const slicesPerThread = 4

interface ThreadOptions {
  readonly workers: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Inputs are copied to shared memory once; results of the inputs' shape are written there too, others are transferred without a copy.
 *
 * @throws MillraceError `worker-failed` if a thread dies, `module-not-loaded`, `module-export`, `not-for-threads`; the signal's reason
 */
export async function runInThreads(reference: FunctionReference, work: ItemWork, { workers, signal }: ThreadOptions): Promise<ItemResults> {
  signal?.throwIfAborted()
  const memory: SharedArrayBuffer[] = []
  const share = (array: NdArray, copied: boolean): NdArray => {
    const buffer = takeMemory(array.data.byteLength)
    memory.push(buffer)
    const view = viewOf(array.data, buffer)
    if (copied) view.set(array.data)
    return new NdArray(view, array.shape)
  }
  const inputs = work.inputs.map(input => (input instanceof NdArray ? share(input, true) : input))
  const [only] = work.inputs
  const into = !work.several && only instanceof NdArray && only.shape.length > 1 ? share(only, false) : undefined
  const { fixed, varying } = work.options
  const options = { fixed: pack(fixed, 'options'), varying: pack(varying, 'options') } as ItemWork['options']
  const size = Math.ceil(work.count / (workers * slicesPerThread))
  const slices = Array.from({ length: Math.ceil(work.count / size) }, (_, i) => {
    const [start, end] = [i * size, Math.min(work.count, (i + 1) * size)]
    return { request: requestOf(reference, sliceWork({ ...work, options, inputs }, start, end)), into: into?.slice(start, end) }
  })
  const threads = await threadsOf(workers)
  const replies: SliceReply[] = new Array(slices.length)
  await inLanes(Math.min(workers, slices.length), slices.length, async i => {
    const { request, into } = slices[i]!
    const asked: SliceRequest = { ...request, into: into && { shape: into.shape, data: into.data } }
    replies[i] = await threads.ask(asked, signal).catch((error: unknown) => {
      signal?.throwIfAborted()
      throw new MillraceError('worker-failed', { message: error instanceof Error ? error.message : String(error) }, {}, error)
    })
    if (replies[i]!.refused) throw unpackError(replies[i]!.refused!)
  })
  const results = gather(replies, into, size, work.count)
  // Not earlier than here, where every thread is done: a stopped one may still write.
  releaseMemory(memory)
  return results
}

function requestOf(reference: FunctionReference, { inputs, ...work }: ItemWork): SliceRequest {
  return { reference, work, inputs: inputs.map(shareable) }
}

function shareable(input: ItemInput): SharedArray | { readonly list: unknown } {
  return input instanceof NdArray ? { shape: input.shape, data: input.data } : { list: pack(input, 'an item') }
}

/**
 * Does `count` pieces of work in order, `lanes` at a time. After a failure no piece is started; the first failure is thrown when all have
 * ended.
 */
async function inLanes(lanes: number, count: number, work: (i: number) => Promise<void>): Promise<void> {
  let next = 0
  const failures: unknown[] = []
  const lane = async () => {
    while (next < count && failures.length === 0) await work(next++).catch(error => failures.push(error))
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  if (failures.length > 0) throw failures[0]
}

function gather(replies: readonly SliceReply[], into: NdArray | undefined, size: number, count: number): ItemResults {
  const failures = replies.flatMap(reply =>
    reply.failures.map(({ position, error }): ItemFailure => ({ position, error: unpackError(error) })),
  )
  if (failures.length > 0) return { items: [], failures }
  const parts = replies.map(({ shared, stacked, items }, i) => {
    if (shared) return into!.slice(i * size, Math.min(count, (i + 1) * size))
    return stacked ? new NdArray(stacked.data, stacked.shape) : (unpack(items) as readonly unknown[])
  })
  return { items: joinArrays(parts, count) ?? parts.flatMap(entriesOf), failures: [] }
}

/** One array with its own memory, if all parts are arrays of equal items. */
function joinArrays(parts: readonly (NdArray | readonly unknown[])[], count: number): NdArray | undefined {
  const [first] = parts
  if (!(first instanceof NdArray)) return undefined
  const dtype = dtypeOf(first.data)
  const item = first.shape.slice(1)
  const equal = (part: NdArray | readonly unknown[]): part is NdArray =>
    part instanceof NdArray && dtypeOf(part.data) === dtype && part.shape.slice(1).join() === item.join()
  if (!parts.every(equal)) return undefined
  const data = allocate(dtype, count * sizeOf(item))
  let start = 0
  for (const part of parts) {
    data.set(part.data, start)
    start += part.data.length
  }
  return new NdArray(data, [count, ...item])
}

/** A part's items, each with its own memory. */
function entriesOf(part: NdArray | readonly unknown[]): readonly unknown[] {
  if (!(part instanceof NdArray)) return part
  return Array.from({ length: part.length }, (_, i) => {
    const { data, shape } = part.item(i)
    return new NdArray(data.slice(), shape)
  })
}
