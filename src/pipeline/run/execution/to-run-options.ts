import { Expression } from '../../description/expressions/expression.js'
import type { Session } from '../session/session.js'
import { evaluate } from '../values/evaluate.js'
import type { GivenRunOptions, RunOptions } from './run-options.js'
import { Scope } from './scope.js'

/** The options of a run: those passed, merged over those that `runLater` stored. Expressions are evaluated. */
export function toRunOptions(session: Session, given: GivenRunOptions): Partial<RunOptions> {
  const scope = new Scope(session)
  const own = Object.entries(given).filter(([, value]) => value !== undefined)
  const stored = Object.entries(session.spec.batch ?? {}).filter(([key]) => !excludes(own, key))
  return Object.fromEntries(
    [...stored, ...own].map(([key, value]) => [key, typeof value === 'function' ? value : evaluate(plain(value), scope)]),
  )
}

const plain = (value: unknown) => (value instanceof Expression ? value.json : value)

/** True if a stored `epochs` or `iterations` is replaced by the other one. */
function excludes(given: readonly (readonly [string, unknown])[], stored: string): boolean {
  const other = { epochs: 'iterations', iterations: 'epochs' }[stored]
  return given.some(([key]) => key === other)
}
