import type { RunSpec } from './experiment-spec.js'

/** What must be said of how pipelines run; the rest can be left out. */
export type PartialRun = Partial<RunSpec> & Pick<RunSpec, 'iterations' | 'batch'>

/** How pipelines of these names run, with what was left out filled in: all take turns that are not in `after`. */
export function inferRun({ iterations, batch, turns, record = [], after = [], checkpoint }: PartialRun, names: readonly string[]): RunSpec {
  const later = after.map(({ pipeline }) => pipeline)
  return {
    iterations,
    turns: turns ?? names.filter(name => !later.includes(name)),
    batch,
    record,
    after,
    ...(checkpoint === undefined ? {} : { checkpoint }),
  }
}
