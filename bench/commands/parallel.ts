/** `bench parallel`: what two threads buy on work with images that keeps the processor busy. */
import { loadavg } from 'node:os'
import { measureHere } from '../support/child.js'
import { median, rounded } from '../support/median.js'
import type { Asked } from '../support/options.js'
import { childFile } from '../support/places.js'
import { BenchProblem } from '../support/problem.js'
import { alignColumns, type Presentation, present, progress, type Result, resultHead } from '../support/result.js'

export interface ParallelOptions extends Presentation {
  readonly rounds: number
  readonly batches: number
  readonly items: number
}

export interface ParallelResult extends Result {
  readonly kind: 'parallel'
  readonly items: number
  /** Milliseconds of a batch: the median of each turn, by the number of threads; 0 is none besides the main one. */
  readonly rounds: Readonly<Record<string, readonly number[]>>
  readonly medianMs: Readonly<Record<string, number>>
  /** How many times faster two threads are than one: the median of the turns' ratios, and all of them. */
  readonly speedup: number
  readonly speedups: readonly number[]
  /** Cores the process used with two threads: less than 2 means that something else was running, or that a thread waited. */
  readonly coresUsed: number
  /** The machine's load over a minute, before and after: the benchmark itself adds up to 2. */
  readonly load: readonly [before: number, after: number]
}

interface Found {
  readonly rounds: Readonly<Record<string, readonly number[]>>
  readonly coresUsed: number
  readonly same: boolean
}

const workers = [0, 1, 2]

/** Turns of no thread, one and two in one process; results that differ are an error. */
export async function measureParallel({ rounds, batches, items, ...presentation }: ParallelOptions, asked: Asked): Promise<void> {
  progress(`${rounds} rounds of ${batches} batches of ${items} images, 224 × 224 × 3, in 0, 1 and 2 threads …`)
  const before = loadavg()[0]!
  const found = await measureHere<Found>(childFile('parallel.ts'), { rounds, batches, items, workers }, asked.signal)
  if (!found.same) throw new BenchProblem('threads gave other images than the main thread')
  const turns = Object.fromEntries(workers.map(count => [count, found.rounds[count]!.map(rounded)]))
  const speedups = turns[1]!.map((one, turn) => rounded(one / turns[2]![turn]!))
  const result: ParallelResult = {
    ...resultHead('parallel', asked, {}),
    kind: 'parallel',
    items,
    rounds: turns,
    medianMs: Object.fromEntries(workers.map(count => [count, rounded(median(turns[count]!))])),
    speedup: rounded(median(speedups)),
    speedups,
    coresUsed: rounded(found.coresUsed),
    load: [rounded(before), rounded(loadavg()[0]!)],
  }
  present(result, 'parallel', describe(result), presentation)
}

function describe({ items, medianMs, speedup, speedups, coresUsed, load }: ParallelResult): string {
  const rows = workers.map(count => [count === 0 ? 'no thread' : `${count} ${count === 1 ? 'thread' : 'threads'}`, `${medianMs[count]} ms`])
  return [
    `rotate, elasticTransform and resize of ${items} images, 224 × 224 × 3, uint8: a batch`,
    alignColumns(rows),
    `two threads are ${speedup} times as fast as one (turns: ${speedups.join(', ')}); cores used ${coresUsed}, load ${load.join(' → ')}`,
  ].join('\n')
}
