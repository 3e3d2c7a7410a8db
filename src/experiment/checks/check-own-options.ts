/** Checks the options of batch classes' own actions by the rules that a schema cannot say, such as those between options. */
import type { MillraceError } from '../../errors/index.js'
import { check, problemError } from '../../options/index.js'
import { isComputed } from '../../pipeline/description/component-facts.js'
import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import { ownActionOf } from '../../pipeline/description/content/own-actions.js'
import { actionsOf, locationOf, rowOf, type SourceMap } from '../../pipeline/description/content/visit-actions.js'
import type { BatchClass } from '../../pipeline/index.js'
import { isPlainObject } from '../../util/json.js'

/** What is known of a pipeline. */
export interface OwnOptionsScope {
  readonly batchClass: (pipeline: string) => BatchClass | undefined
  readonly sources: (pipeline: string) => SourceMap | undefined
}

/** Every mistake in options that are written out. Those with expressions inside are checked when they have their values. */
export function checkOwnOptions({ pipelines }: ExperimentSpec, scope: OwnOptionsScope): readonly MillraceError[] {
  return Object.entries(pipelines).flatMap(([pipeline, described]) => {
    const batchClass = scope.batchClass(pipeline)
    if (batchClass === undefined) return []
    return [...actionsOf(described)].flatMap(action => {
      const { name, args } = action
      const takes = rowOf(name) ? undefined : ownActionOf(batchClass, name)?.options
      if (!takes || !isPlainObject(args) || holdsComputed(args)) return []
      const location = locationOf(pipeline, action, scope.sources(pipeline))
      return check(takes, args, { summary: name }).errors.map(problem => problemError(problem, name, location))
    })
  })
}

/** True if a value is computed in a run, or a part of it. */
function holdsComputed(value: unknown): boolean {
  if (isComputed(value)) return true
  if (Array.isArray(value)) return value.some(holdsComputed)
  return isPlainObject(value) && Object.values(value).some(holdsComputed)
}
