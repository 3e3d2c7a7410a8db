import type { ActionArgs } from '../spec/action-row.js'
import type { Scope } from './scope.js'

/** What an action does: `run/handlers/<name>.ts`, the other half of `spec/actions/<name>.ts`. */
export interface Handler {
  /** Once, when the pipeline starts (again after a reset). */
  readonly start?: (args: ActionArgs, scope: Scope) => void | Promise<void>
  /** At the start of each run, before its first batch. */
  readonly eachRun?: (args: ActionArgs, scope: Scope) => void | Promise<void>
  /** For each batch. */
  readonly batch?: (args: ActionArgs, scope: Scope) => void | Promise<void>
}
