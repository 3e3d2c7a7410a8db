import type { RunOptions } from './run/run-options.js'

/** `{ batchSize: 300, … }`, or the batch size first and the rest after it. */
export type RunArguments = readonly [options: RunOptions] | readonly [batchSize: number, options?: Omit<RunOptions, 'batchSize'>]

export function toRunOptions(args: RunArguments): RunOptions {
  const [first, rest] = args
  return typeof first === 'number' ? { ...rest, batchSize: first } : first
}
