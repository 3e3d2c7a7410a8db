import type { RunSpec } from './experiment-spec.js'

/** How pipelines run, where it has no default. */
export type PartialRun = Partial<RunSpec> & Pick<RunSpec, 'iterations' | 'batch'>

/** How the pipelines with these names run, with defaults filled in: all that are not in `after` take turns. */
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
