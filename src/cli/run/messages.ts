/** What the thread of a run and the thread of signals say to each other. */
import type { RunCommandOptions } from './run-options.js'

/** What the thread of the run begins with. */
export interface RunRequest {
  readonly file: string
  readonly options: RunCommandOptions
  readonly terminal: Terminal
}

/** Whether standard output and error are terminals: the run's thread sees neither. */
export interface Terminal {
  readonly stdout: Screen
  readonly stderr: Screen
}
export interface Screen {
  readonly isTTY: boolean
  readonly columns: number | undefined
}

/** To the run: stop, as a signal asks; or the terminal has another size. */
export type ToRun = { readonly stop: true } | { readonly terminal: Terminal }

/** From the run: everything is checked and it has begun; it has heard a signal; it has ended. */
export type FromRun = { readonly begun: true } | { readonly heard: true } | { readonly code: number }
