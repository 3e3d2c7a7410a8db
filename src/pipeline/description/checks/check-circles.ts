/** Pipelines that wait for each other, and models that are imported in a circle, so that none initialises them. */
import { isPlainObject } from '../../../util/json.js'
import { declaredModels } from '../content/declared-names.js'
import type { PipelineSpec } from '../content/pipeline-spec.js'
import { seenActionsOf } from '../content/see-through.js'
import { actionsOf, declaredBy, rowOf } from '../content/visit-actions.js'
import { type Problem, type ProblemPath, problem } from './problem.js'

/** Pipelines by name; undefined for one that cannot be read. */
export type Pipelines = ReadonlyMap<string, PipelineSpec | undefined>

interface Edge {
  readonly to: string
  readonly path: ProblemPath
}

/** The pipelines that a pipeline takes batches from must not lead back to it. */
export function waitCircles(pipelines: Pipelines): readonly Problem[] {
  return distinct([...pipelines.keys()], name => {
    const circle = circleFrom(name, at => waitsFor(pipelines, at))
    const chain = circle?.map(({ to }) => to)
    return circle && chain && { key: chain, problem: problem(circle[0]!.path, 'pipeline-cycle', { chain: [name, ...chain] }) }
  })
}

/** The pipelines that a model is imported through must not lead back to the first one. */
export function importCircles(pipelines: Pipelines): readonly Problem[] {
  const imports = [...pipelines].flatMap(([name, spec]) =>
    [...(spec ? seenActionsOf(spec) : [])].flatMap(action => {
      const { name: model, from } = declaredBy(action).find(declared => typeof declared.from === 'string') ?? {}
      return typeof model === 'string' ? [{ name, model, from, path: ['pipelines', name, ...action.placeOf(['from'])] }] : []
    }),
  )
  return distinct(imports, ({ name, model, from, path }) => {
    const circle = from === name ? [{ to: name, path }] : circleFrom(name, at => importedFrom(pipelines, at, model))
    const chain = circle && [name, ...circle.map(({ to }) => to)]
    return chain && { key: [...chain.slice(1), model], problem: problem(path, 'import-cycle', { seen: model, chain }) }
  })
}

/** Of several circles through the same members, the first. */
function distinct<T>(
  starts: readonly T[],
  find: (start: T) => { readonly key: readonly string[]; readonly problem: Problem } | undefined,
): readonly Problem[] {
  const found = new Map<string, Problem>()
  for (const start of starts) {
    const circle = find(start)
    const key = circle && JSON.stringify([...circle.key].sort())
    if (key !== undefined && !found.has(key)) found.set(key, circle!.problem)
  }
  return [...found.values()]
}

/** The path from a pipeline back to itself, if any. */
function circleFrom(start: string, edgesOf: (name: string) => readonly Edge[], way: readonly Edge[] = []): readonly Edge[] | undefined {
  for (const edge of edgesOf(way.at(-1)?.to ?? start)) {
    if (edge.to === start) return [...way, edge]
    if (way.some(({ to }) => to === edge.to)) continue
    const circle = circleFrom(start, edgesOf, [...way, edge])
    if (circle) return circle
  }
  return undefined
}

function waitsFor(pipelines: Pipelines, name: string): readonly Edge[] {
  const spec = pipelines.get(name)
  return [...(spec ? actionsOf(spec) : [])].flatMap(({ name: action, args, path }) => {
    const uses = isPlainObject(args) ? (rowOf(action)?.waitsFor?.(args) ?? []) : []
    return uses.map(use => ({ to: use.name, path: ['pipelines', name, ...path, action, ...use.path] }))
  })
}

/** True if a pipeline takes batches from another, directly or not. */
export function leadsTo(pipelines: Pipelines, from: string, target: string, seen: ReadonlySet<string> = new Set()): boolean {
  if (seen.has(from)) return false
  return waitsFor(pipelines, from).some(({ to }) => to === target || leadsTo(pipelines, to, target, new Set([...seen, from])))
}

function importedFrom(pipelines: Pipelines, name: string, model: string): readonly Edge[] {
  const spec = pipelines.get(name)
  const from = spec && declaredModels(spec).get(model)
  return from === undefined ? [] : [{ to: from, path: [] }]
}
