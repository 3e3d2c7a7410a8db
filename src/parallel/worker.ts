/** The work of a thread: a slice of the items of a batch, with results in shared memory if their size was known. */
import { MillraceError } from '../errors/index.js'
import { NdArray } from '../util/nd-array.js'
import type { ItemWork } from './item-work.js'
import { loadFunction } from './module-function.js'
import { pack, unpack } from './pack.js'
import { packError } from './pack-error.js'
import { runItems } from './run-items.js'
import type { SharedArray, SliceReply, SliceRequest } from './slice.js'

/**
 * A top-level await keeps this module from being required: the pool tries that first, and where a loader allows it, this module and
 * the user's would load two copies of each class.
 */
const { move, transferableSymbol, valueSymbol } = await import('piscina')

/**
 * A function that ends its process after it has returned would end only its thread, without a word. During a slice the pool reports it, and
 * Node.js itself ends a thread after an exception.
 */
const { exit } = process
let working = 0
let isEnding = false
process.on('uncaughtExceptionMonitor', () => {
  isEnding = true
})
process.exit = (code?: number | string | null): never => {
  if (working > 0 || isEnding) return exit(code)
  throw new MillraceError('exit-in-thread', { code: String(code ?? 0) })
}

export default async function workOnSlice(request: SliceRequest): Promise<SliceReply> {
  working++
  try {
    return await answer(request)
  } finally {
    working--
  }
}

async function answer({ reference, work, inputs, into }: SliceRequest): Promise<SliceReply> {
  let fn: Awaited<ReturnType<typeof loadFunction>>
  try {
    fn = await loadFunction(reference)
  } catch (error) {
    return { failures: [], refused: packError(error) }
  }
  const target = into && fromShared(into)
  const read = inputs.map(input => ('list' in input ? (unpack(input.list) as readonly unknown[]) : fromShared(input)))
  const options = unpack(work.options) as ItemWork['options']
  const { items, failures } = await runItems(fn, { ...work, options, inputs: read }, { into: target })
  const told = failures.map(({ position, error }) => ({ position, error: packError(error) }))
  if (failures.length > 0) return { failures: told }
  if (items instanceof NdArray) {
    if (items === target) return { shared: true, failures: told }
    return moved({ stacked: { shape: items.shape, data: items.data }, failures: told }, items.data.buffer as ArrayBuffer)
  }
  return { items: pack(items, 'a result'), failures: told }
}

/** A reply whose memory is transferred instead of copied. */
function moved(reply: SliceReply, buffer: ArrayBuffer): SliceReply {
  return move({ [transferableSymbol]: [buffer], [valueSymbol]: reply } as never) as unknown as SliceReply
}

function fromShared({ shape, data }: SharedArray): NdArray {
  return new NdArray(data, shape)
}
