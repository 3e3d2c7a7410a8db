import type { FileOptions } from '../read-file.js'

/** The options of `millrace run`: plain data, so that they reach the thread of the run. */
export interface RunCommandOptions extends FileOptions {
  readonly out?: string
  readonly resume?: boolean
  readonly profile?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}
