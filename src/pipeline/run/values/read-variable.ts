import { actionsOf, declaredBy } from '../../description/content/visit-actions.js'
import { expressionsIn } from '../../description/expressions/expression-json.js'
import { liveNameOf } from '../../description/expressions/operations.js'
import { type Evaluate, Scope } from '../execution/scope.js'
import type { Session } from '../session/session.js'
import { copyKept } from './copy-kept.js'

/**
 * The value of a variable. Before the pipeline has started it is the first value that its description states: a plain one is set by that,
 * one with expressions is evaluated anew when the pipeline starts, with the seed of the run.
 *
 * @throws MillraceError `unknown-name`, `not-yet`
 */
export function readVariable(session: Session, name: string, evaluate: Evaluate): unknown {
  const declared = session.variables.has(name) || session.started ? undefined : declarationOf(session, name)
  if (declared === undefined) return session.variable(name)
  const value = copyKept(evaluate(declared.first, new Scope(session)))
  if (isPlain(declared.first)) session.variables.set(name, value)
  return value
}

/** The first that declares it, as when the pipeline starts. */
function declarationOf({ spec }: Session, name: string) {
  for (const action of actionsOf(spec)) {
    const found = declaredBy(action).find(declaration => declaration.kind === 'variable' && declaration.name === name)
    if (found) return found
  }
  return undefined
}

const isPlain = (value: unknown): boolean => [...expressionsIn(value)].length === 0 && liveNameOf(value) === undefined
