import type { OptionTable } from '../../../options/index.js'
import { read, type ValuesOf } from '../../../options/index.js'
import type { ActionArgs, TypedActionRow } from '../../description/action-row.js'
import type { Evaluated } from '../../description/arguments.js'
import type { Scope } from '../execution/scope.js'
import { evaluate } from '../values/evaluate.js'

/** Does the actions of a block; `round` tells repetitions of it apart. */
export type Perform = (block: string, round?: number) => Promise<void>

type Work<Args = ActionArgs> = (args: Args, scope: Scope, perform: Perform) => void | Promise<void>

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

/**
 * The handler of a row whose work is the same in each of these phases. Arguments that may be expressions arrive as values of their type.
 *
 * @example
 * export const repeat = handle(row, ['batch', 'once'], async ({ times }, scope, perform) => {
 *   for (let round = 0; round < times; round++) await perform('actions', round)
 * })
 *
 * The handler throws MillraceError `wrong-value` where an expression evaluates to a value that is not allowed.
 */
export function handle<O extends OptionTable>(
  row: TypedActionRow<O>,
  phases: readonly (keyof Handler)[],
  work: Work<ValuesOf<O>>,
): Handler {
  const evaluatedArguments = Object.entries(row.args.table).flatMap(([name, { type }]) =>
    'evaluated' in type ? [[name, (type as Evaluated).evaluated] as const] : [],
  )
  const bound: Work = (args, scope, perform) => {
    const values = evaluatedArguments.flatMap(([name, type]) =>
      Object.hasOwn(args, name) ? [[name, read(type, evaluate(args[name]!, scope), `${name} of ${scope.action}`)] as const] : [],
    )
    return work({ ...row.args.fill(args), ...Object.fromEntries(values) } as ValuesOf<O>, scope, perform)
  }
  return Object.fromEntries(phases.map(phase => [phase, bound]))
}
