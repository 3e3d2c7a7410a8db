/** The thread of guarded work. */
import type { GuardedFunction, GuardedReply, GuardedRequest } from './guarded.js'
import { packOwn } from './pack.js'
import { packError } from './pack-error.js'

/** See `worker.ts`. */
const { move, transferableSymbol, valueSymbol } = await import('piscina')

export default async function work({ module, name, request, progress }: GuardedRequest): Promise<GuardedReply> {
  const onProgress = () => void Atomics.add(progress, 0, 1)
  try {
    onProgress()
    const fn = ((await import(module)) as Record<string, GuardedFunction<unknown, unknown>>)[name]!
    onProgress()
    const { packed, buffers } = packOwn(await fn(request, onProgress))
    return move({ [transferableSymbol]: buffers, [valueSymbol]: { reply: packed } } as never) as GuardedReply
  } catch (error) {
    return { refused: packError(error) }
  }
}
