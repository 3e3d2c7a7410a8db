import type { RunSpec } from './experiment-spec.js'

/** How pipelines run, where it has no default. */
export type PartialRun = Partial<RunSpec> & Pick<RunSpec, 'iterations' | 'batch'>

/** How the pipelines with these names run, with defaults filled in: all that are in neither `every` nor `after` take turns. */
export function inferRun(run: PartialRun, names: readonly string[]): RunSpec {
  const { iterations, batch, turns, record = [], every = [], after = [], checkpoint } = run
  const later = [...every, ...after].map(({ pipeline }) => pipeline)
  return {
    iterations,
    turns: turns ?? names.filter(name => !later.includes(name)),
    batch,
    record,
    ...(every.length === 0 ? {} : { every }),
    after,
    ...(checkpoint === undefined ? {} : { checkpoint }),
  }
}
