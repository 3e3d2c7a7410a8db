/** What may change in a description when a run continues: it affects nothing computed so far. */
import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import type { PipelineSpec } from '../../pipeline/description/content/pipeline-spec.js'
import { actionsOf, declaredBy } from '../../pipeline/description/content/visit-actions.js'

/** Paths, and keys that only change the speed of computation wherever they occur. */
const settings = ['run.iterations', 'run.checkpoint', 'run.after', 'title', 'description', 'report']
const speeds = ['prefetch', 'workers']

/** The same in words. */
export const free = [...settings, ...speeds, 'pipelines that have not begun', 'after of those that have']

/**
 * Returns what says of a path whether it may differ. `begun` are the pipelines that had begun; without it, all had. `after` of one that had
 * may differ if it declares the same variables and models, which exist already.
 */
export function freePaths(before: ExperimentSpec, now: ExperimentSpec, begun?: readonly string[]): (path: string) => boolean {
  const hasBegun = (name: string) => begun?.includes(name) ?? true
  const names = [...new Set([before, now].flatMap(({ pipelines }) => Object.keys(pipelines)))]
  const pipelines = names.flatMap(name => {
    if (!hasBegun(name)) return [`pipelines.${name}`]
    const [one, other] = [before.pipelines[name], now.pipelines[name]]
    return one && other && declared(one) === declared(other) ? [`pipelines.${name}.after`] : []
  })
  const used = [before, now].flatMap(({ pipelines }) => Object.entries(pipelines).filter(([name]) => hasBegun(name)))
  const datasets = new Set(used.map(([, { dataset }]) => dataset?.split('.')[0]))
  const isUnused = (name: string) => begun !== undefined && !datasets.has(name)
  const unused = [before, now].flatMap(spec => Object.keys(spec.datasets).filter(isUnused)).map(name => `datasets.${name}`)
  const allowed = new Set([...settings, ...pipelines, ...unused])
  return path => allowed.has(path) || speeds.some(key => path.endsWith(`.${key}`))
}

/** The actions that have set up variables and models, wherever they are written. */
function declared(spec: PipelineSpec): string {
  const declaring = [...actionsOf(spec)].filter(action => declaredBy(action).some(({ from }) => from === undefined))
  return JSON.stringify(declaring.map(({ name, args }) => [name, args]))
}
