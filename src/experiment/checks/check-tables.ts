/** Checks that no two pipelines of an experiment write the same table: the later one would replace what the earlier has written. */
import { resolve } from 'node:path'
import { MillraceError } from '../../errors/index.js'
import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import { type OwnActionsScope, ownActionsIn } from './own-actions.js'

/** An error for each table of a pipeline that one before it in the run writes, too. Paths that are computed are not known. */
export function checkTables({ pipelines, run }: ExperimentSpec, scope: OwnActionsScope): readonly MillraceError[] {
  const writers = new Map<string, string>()
  const { turns, every = [], after } = run
  const names = new Set([...turns, ...[...every, ...after].map(({ pipeline }) => pipeline)].filter(name => Object.hasOwn(pipelines, name)))
  return [...names].flatMap(name =>
    [...ownActionsIn(name, pipelines[name]!, scope)].flatMap(({ action, args, location }) =>
      (action.tables?.(args) ?? []).flatMap(path => {
        const earlier = writers.get(resolve(path)) ?? name
        writers.set(resolve(path), earlier)
        if (earlier === name) return []
        return [new MillraceError('table-shared', { path, pipelines: [earlier, name] }, location) as unknown as MillraceError]
      }),
    ),
  )
}
