/** The threads: one pool per number of threads, kept between batches. Idle threads do not keep the process alive. */
import { extname } from 'node:path'
import { MillraceError } from '../errors/index.js'
import { threadFlags } from '../util/process/thread-flags.js'
import { dropMemory } from './shared-memory.js'
import type { SliceReply, SliceRequest } from './slice.js'

/** Threads that handle one request each at a time. */
export interface Threads {
  /** Returns the answer of a thread. The signal stops the thread immediately. */
  ask(request: SliceRequest, signal: AbortSignal | undefined): Promise<SliceReply>
  close(): Promise<void>
}

const pools = new Map<number, Threads>()

/** The file that each thread runs: built or source, like this one. */
const filename = new URL(`./worker${extname(import.meta.url)}`, import.meta.url).href

export async function threadsOf(workers: number): Promise<Threads> {
  const { Piscina } = await import('piscina')
  const known = pools.get(workers)
  if (known) return known
  const pool = new Piscina({ filename, minThreads: workers, maxThreads: workers, execArgv: threadFlags(), atomics: 'disabled' })
  // A thread that dies before it has a request, e.g. because it cannot start, would leave requests waiting forever: they fail with it. (A race
  // with a shared promise would keep every answer in memory as long as the pool exists.)
  const waiting = new Set<(error: unknown) => void>()
  let isOver = false
  /** Messages that requests have failed with: another thread may end of the same cause after them, for instance where none can start. */
  const failures = new Set<string>()
  pool.on('error', error => {
    if (pools.get(workers) === threads) pools.delete(workers)
    // A function that has returned long ago: there is no batch to fail. As in the first thread, the process must not go on as if nothing were.
    if (waiting.size === 0 && !isOver && !failures.has(messageOf(error)) && !isAnswerToNoQuestion(error)) raise(error)
    isOver = true
    for (const reject of waiting) reject(error)
    void pool.destroy()
  })
  const threads: Threads = {
    ask: (request, signal) =>
      new Promise((resolve, reject) => {
        waiting.add(reject)
        const answer = pool.run(request, signal ? { signal } : {}) as Promise<SliceReply>
        answer
          .then(resolve, error => {
            failures.add(messageOf(error))
            reject(error)
          })
          .finally(() => waiting.delete(reject))
      }),
    close: () => pool.destroy(),
  }
  pools.set(workers, threads)
  return threads
}

/** True if the pool complains about the answer of a thread that was stopped. */
const isAnswerToNoQuestion = (error: unknown) => error instanceof Error && error.message.startsWith('Unexpected message from Worker')

/** Throws an error outside of everything that could catch it. */
function raise(error: unknown): void {
  setImmediate(() => {
    throw new MillraceError('late-error', { message: messageOf(error) }, {}, error)
  })
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/**
 * Ends all threads that actions have started. The next action starts new ones. Otherwise threads end with the process.
 *
 * @example
 * await pipeline.run(64, { epochs: 1 })
 * await closeWorkers()
 */
export async function closeWorkers(): Promise<void> {
  const open = [...pools.values()]
  pools.clear()
  dropMemory()
  await Promise.all(open.map(threads => threads.close()))
}
