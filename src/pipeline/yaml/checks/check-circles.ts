/** Pipelines that wait for each other: what `join` and `merge` name must not lead back. */
import { actionsOf } from '../../description/content/visit-actions.js'
import type { Path } from '../read/tree.js'
import type { Checked } from './checked.js'

interface Edge {
  readonly to: string
  readonly path: Path
}

export function checkCircles(checked: Checked): void {
  const told = new Set<string>()
  for (const name of checked.pipelines.keys()) {
    const circle = circleFrom(checked, name, [])
    if (!circle) continue
    const chain = circle.map(({ to }) => to)
    const key = [...chain].sort().join()
    if (told.has(key)) continue
    told.add(key)
    checked.tell(circle[0]!.path, 'pipeline-cycle', { chain: [name, ...chain] })
  }
}

/** The way from a pipeline back to itself, if there is one. */
function circleFrom(checked: Checked, start: string, way: readonly Edge[]): readonly Edge[] | undefined {
  const at = way.at(-1)?.to ?? start
  for (const edge of edgesOf(checked, at)) {
    if (edge.to === start) return [...way, edge]
    if (way.some(({ to }) => to === edge.to)) continue
    const circle = circleFrom(checked, start, [...way, edge])
    if (circle) return circle
  }
  return undefined
}

function edgesOf({ pipelines }: Checked, name: string): readonly Edge[] {
  const spec = pipelines.get(name)
  const asking = spec ? [...actionsOf(spec)].filter(action => action.name === 'join' || action.name === 'merge') : []
  return asking.flatMap(({ name: action, args, path }) =>
    (Array.isArray(args?.pipelines) ? args.pipelines : []).map((to, i) => ({
      to: to as string,
      path: ['pipelines', name, ...path, action, 'pipelines', i],
    })),
  )
}
