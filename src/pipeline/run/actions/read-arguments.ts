/** The arguments of an action as its handler reads them. */
import { type OptionTable, read, type ValuesOf } from '../../../options/index.js'
import type { ActionArgs, ActionRow } from '../../description/action-row.js'
import type { Evaluated } from '../../description/arguments.js'
import type { Scope } from '../execution/scope.js'
import { evaluate } from '../values/evaluate.js'

/**
 * Returns a function that fills in the defaults of a row's arguments and evaluates those that may be expressions.
 *
 * It throws MillraceError `wrong-value` if an expression evaluates to a value that is not allowed.
 */
export function argumentsReader<O extends OptionTable>(row: ActionRow<O>): (args: ActionArgs, scope: Scope) => ValuesOf<O> {
  const evaluated = Object.entries(row.args.table).flatMap(([name, { type }]) =>
    'evaluated' in type ? [[name, (type as Evaluated).evaluated] as const] : [],
  )
  // The description is frozen, so arguments that do not depend on the batch are read once.
  const known = new WeakMap<ActionArgs, { readonly values: ValuesOf<O>; readonly expressions: typeof evaluated }>()
  const prepare = (args: ActionArgs) => {
    const expressions = evaluated.filter(([name]) => typeof args[name] === 'object' && args[name] !== null)
    const prepared = { values: row.args.fill(args), expressions }
    known.set(args, prepared)
    return prepared
  }
  return (args, scope) => {
    const { values, expressions } = known.get(args) ?? prepare(args)
    if (expressions.length === 0) return values
    const now = expressions.map(([name, type]) => [name, read(type, evaluate(args[name]!, scope), `${name} of ${scope.action}`)] as const)
    return { ...values, ...Object.fromEntries(now) }
  }
}
