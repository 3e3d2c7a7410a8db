import type { ActionArgs } from '../../description/action-row.js'
import type { Scope } from '../execution/scope.js'

/** Does the actions of a block; `round` tells repetitions of it apart. */
export type Perform = (block: string, round?: number) => Promise<void>

type Work = (args: ActionArgs, scope: Scope, perform: Perform) => void | Promise<void>

/** What an action does: `run/handlers/<name>.ts`, the other half of `description/actions/<name>.ts`. Without a phase, its blocks are gone through. */
export interface Handler {
  /** Once, when the pipeline starts (again after a reset). */
  readonly start?: Work
  /** At the start of each run, before its first batch. */
  readonly eachRun?: Work
  /** For each batch. */
  readonly batch?: Work
  /** Once a run, in `before` and `after`: there is no batch. */
  readonly once?: Work
}
