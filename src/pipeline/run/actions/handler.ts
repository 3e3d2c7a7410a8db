import type { OptionTable, ValuesOf } from '../../../options/index.js'
import type { ActionArgs, ActionRow } from '../../description/action-row.js'
import type { Scope } from '../execution/scope.js'
import { argumentsReader } from './read-arguments.js'

/** Performs the actions of a block; `round` distinguishes its repetitions. */
export type Perform = (block: string, round?: number) => Promise<void>

type Work<Args = ActionArgs> = (args: Args, scope: Scope, perform: Perform) => void | Promise<void>

/** What an action does: `run/handlers/<theme>.ts`, the other half of `description/actions/<theme>.ts`. Without a phase, its blocks are traversed. */
export interface Handler {
  /** Once, when the pipeline starts (again after a reset). */
  readonly start?: Work
  /** At the start of each run, before its first batch. */
  readonly eachRun?: Work
  /** Once per batch. */
  readonly batch?: Work
  /** Once per run, in `before` and `after`: there is no batch. */
  readonly once?: Work
}

/**
 * The handler of a row whose work is the same in all these phases. Arguments that may be expressions arrive as values of their type.
 *
 * @example
 * const repeat = handle(row, ['batch', 'once'], async ({ times }, scope, perform) => {
 *   for (let round = 0; round < times; round++) await perform('actions', round)
 * })
 *
 * The handler throws MillraceError `wrong-value` if an expression evaluates to a value that is not allowed.
 */
export function handle<O extends OptionTable>(row: ActionRow<O>, phases: readonly (keyof Handler)[], work: Work<ValuesOf<O>>): Handler {
  const read = argumentsReader(row)
  const bound: Work = (args, scope, perform) => work(read(args, scope), scope, perform)
  return Object.fromEntries(phases.map(phase => [phase, bound]))
}
