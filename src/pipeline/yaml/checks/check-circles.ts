/** Pipelines that wait for each other: what they ask for batches must not lead back. */
import { isPlainObject } from '../../../util/json.js'
import { actionsOf, rowOf } from '../../description/content/visit-actions.js'
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
  return [...(spec ? actionsOf(spec) : [])].flatMap(({ name: action, args, path }) => {
    const waitsFor = isPlainObject(args) ? (rowOf(action)?.waitsFor?.(args) ?? []) : []
    return waitsFor.map(use => ({ to: use.name, path: ['pipelines', name, ...path, action, ...use.path] }))
  })
}
