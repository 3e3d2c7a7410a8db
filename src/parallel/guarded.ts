/** Work that may never end, because it trusts data that may be damaged: done in a thread, which is ended once it makes no progress. */
import { extname } from 'node:path'
import { setInterval } from 'node:timers'
import { threadFlags } from '../util/process/thread-flags.js'
import { unpack } from './pack.js'
import { type PackedError, unpackError } from './pack-error.js'

export interface GuardedOptions {
  /** The URL of the module that exports the function. */
  readonly module: string
  readonly name: string
  /** Milliseconds that the thread may be busy without progress. */
  readonly patienceMs: number
}

/** A function for `runGuarded`. It reports its progress; the result is plain data, with arrays of their own memory. */
export type GuardedFunction<Request, Reply> = (request: Request, onProgress: () => void) => Promise<Reply>

/** What the thread receives. */
export interface GuardedRequest {
  readonly module: string
  readonly name: string
  readonly request: unknown
  /** Counts progress, from 0: not begun. */
  readonly progress: Int32Array
}

/** What it returns. */
export interface GuardedReply {
  readonly reply?: unknown
  readonly refused?: PackedError
}

/** The thread made no progress and was ended. */
export class NoProgress extends Error {}

const filename = new URL(`./guarded-worker${extname(import.meta.url)}`, import.meta.url).href
const checkEveryMs = 250

let opened: Promise<InstanceType<typeof import('piscina').Piscina>> | undefined

/**
 * Returns the result of a module's function, from a thread of its own. Only one such function runs at a time.
 *
 * @throws NoProgress; what the function throws; Error if the thread ends, e.g. for want of memory
 */
export async function runGuarded<Request, Reply>(request: Request, { module, name, patienceMs }: GuardedOptions): Promise<Reply> {
  opened ??= open()
  const pool = await opened
  const controller = new AbortController()
  const progress = new Int32Array(new SharedArrayBuffer(4))
  const busyMs = () => pool.threads[0]?.performance.eventLoopUtilization().active ?? 0
  let seen = { count: 0, busy: 0 }
  const watch = setInterval(() => {
    const count = Atomics.load(progress, 0)
    if (count !== seen.count) seen = { count, busy: busyMs() }
    else if (count > 0 && busyMs() - seen.busy > patienceMs) controller.abort()
  }, checkEveryMs)
  try {
    const task: GuardedRequest = { module, name, request, progress }
    const { reply, refused } = (await pool.run(task, { signal: controller.signal })) as GuardedReply
    if (refused) throw unpackError(refused)
    return unpack(reply) as Reply
  } catch (error) {
    if (controller.signal.aborted) throw new NoProgress()
    throw error
  } finally {
    clearInterval(watch)
  }
}

/** One thread, whose end by an error is that of its work. */
async function open() {
  const { Piscina } = await import('piscina')
  const pool = new Piscina({ filename, minThreads: 1, maxThreads: 1, execArgv: threadFlags() })
  pool.on('error', () => {
    opened = undefined
    void pool.destroy()
  })
  return pool
}
