/** How long a piece of work takes, done again and again. */

/** Steps before the counted ones, in every process that measures. */
export const warmUp = 4

/** Milliseconds of one call. */
export async function lap(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Milliseconds of each of `count` calls, one after the other. */
export async function laps(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const all: number[] = []
  while (all.length < count) all.push(await lap(work))
  return all
}

/** The most memory this process has held, in MB (10⁶ bytes). */
export function peakRssMb(): number {
  return Math.round((process.resourceUsage().maxRSS * 1024) / 1e6)
}
