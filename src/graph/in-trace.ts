/** What a function may call while it is traced; outside of a trace these do nothing special. */
import type { Tensor } from './backend.js'
import { currentRecorder } from './record/trace.js'

/** A scalar (int32 or float32) that is read anew before each run of the function being traced; undefined outside of a trace. */
export function hostNumber(name: string, dtype: 'int32' | 'float32', read: () => number): Tensor | undefined {
  const recorder = currentRecorder()
  return recorder?.tensorOf(recorder.host(name, dtype, read))
}

/**
 * Requires a value (bool, scalar) of the function being traced to be true: otherwise nothing is updated, and the run fails with
 * `check-failed`, the message and the number shown. Outside of a trace it does nothing.
 */
export function check(value: Tensor, message: string, shown: Tensor): void {
  const recorder = currentRecorder()
  recorder?.checks.push({ value: recorder.valueOf(value), message, shown: recorder.valueOf(shown) })
}
