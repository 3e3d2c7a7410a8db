/** When checkpoints are written and how many are kept. */
import type { CheckpointSpec } from '../../pipeline/description/content/experiment-spec.js'

/** `run.checkpoint` with defaults filled in. */
export interface CheckpointSettings {
  /** After every so many rounds; undefined: by time only. */
  readonly every: number | undefined
  /** After the first round that ends at least this many seconds after the last checkpoint; undefined: by rounds only. */
  readonly everySeconds: number | undefined
  readonly keep: number
}

const defaultSeconds = 60
const defaultKeep = 2

/** The settings of a run; undefined if it writes no checkpoints. Without `every`, one is written per minute of work. */
export function inferCheckpoint(spec: CheckpointSpec | boolean = true): CheckpointSettings | undefined {
  if (spec === false) return undefined
  const { every, everySeconds, keep = defaultKeep } = spec === true ? {} : spec
  return { every, everySeconds: everySeconds ?? (every === undefined ? defaultSeconds : undefined), keep }
}

/** True if a checkpoint is due at the end of a round. */
export function isDue({ every, everySeconds }: CheckpointSettings, round: number, secondsSince: number): boolean {
  return (every !== undefined && round % every === 0) || (everySeconds !== undefined && secondsSince >= everySeconds)
}
