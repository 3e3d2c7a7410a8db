/** Checks that no two pipelines of an experiment write the same table: the later one would replace what the earlier has written. */
import { resolve } from 'node:path'
import { MillraceError } from '../../errors/index.js'
import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import { ownActionOf } from '../../pipeline/description/content/own-actions.js'
import { actionsOf, locationOf, rowOf } from '../../pipeline/description/content/visit-actions.js'
import { isPlainObject } from '../../util/json.js'
import type { OwnOptionsScope } from './check-own-options.js'

/** An error for each table of a pipeline that one before it in the run writes, too. Paths that are computed are not known. */
export function checkTables({ pipelines, run }: ExperimentSpec, { batchClass, sources }: OwnOptionsScope): readonly MillraceError[] {
  const writers = new Map<string, string>()
  const names = new Set([...run.turns, ...run.after.map(({ pipeline }) => pipeline)].filter(name => Object.hasOwn(pipelines, name)))
  return [...names].flatMap(name =>
    [...actionsOf(pipelines[name]!)].flatMap(action => {
      const own = rowOf(action.name) || !isPlainObject(action.args) ? undefined : ownOf(batchClass(name), action.name)
      return (own?.tables?.(action.args) ?? []).flatMap(path => {
        const earlier = writers.get(resolve(path)) ?? name
        writers.set(resolve(path), earlier)
        if (earlier === name) return []
        const location = locationOf(name, action, sources(name))
        return [new MillraceError('table-shared', { path, pipelines: [earlier, name] }, location) as unknown as MillraceError]
      })
    }),
  )
}

const ownOf = (batchClass: Parameters<typeof ownActionOf>[0] | undefined, name: string) => batchClass && ownActionOf(batchClass, name)
