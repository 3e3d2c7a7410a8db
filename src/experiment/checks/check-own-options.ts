/** Checks the options of batch classes' own actions by the rules that a schema cannot say, such as those between options. */
import type { MillraceError } from '../../errors/index.js'
import { check, problemError } from '../../options/index.js'
import { isComputed } from '../../pipeline/description/component-facts.js'
import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import { isPlainObject } from '../../util/json.js'
import { type OwnActionsScope, ownActionsIn } from './own-actions.js'

/** Every mistake in options that are written out. Those with expressions inside are checked when they have their values. */
export function checkOwnOptions({ pipelines }: ExperimentSpec, scope: OwnActionsScope): readonly MillraceError[] {
  return Object.entries(pipelines).flatMap(([pipeline, described]) =>
    [...ownActionsIn(pipeline, described, scope)].flatMap(({ name, action, args, location }) => {
      if (!action.options || holdsComputed(args)) return []
      return check(action.options, args, { summary: name }).errors.map(problem => problemError(problem, name, location))
    }),
  )
}

/** True if a value is computed in a run, or a part of it. */
function holdsComputed(value: unknown): boolean {
  if (isComputed(value)) return true
  if (Array.isArray(value)) return value.some(holdsComputed)
  return isPlainObject(value) && Object.values(value).some(holdsComputed)
}
