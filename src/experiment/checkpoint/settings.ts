/** When checkpoints are written and how many are kept. */
import {
  type CheckpointSpec,
  type CheckpointValues,
  checkpointOptions,
  defaultSeconds,
} from '../../pipeline/description/experiment-options.js'

/** The settings of a run; undefined if it writes no checkpoints. Without `every`, one is written per minute of work. */
export function inferCheckpoint(spec: CheckpointSpec | boolean = true): CheckpointValues | undefined {
  if (spec === false) return undefined
  const values = checkpointOptions.fill(spec === true ? {} : spec)
  return values.every === undefined ? { everySeconds: defaultSeconds, ...values } : values
}

/** True if a checkpoint is due at the end of a round. */
export function isDue({ every, everySeconds }: CheckpointValues, round: number, secondsSince: number): boolean {
  return (every !== undefined && round % every === 0) || (everySeconds !== undefined && secondsSince >= everySeconds)
}
