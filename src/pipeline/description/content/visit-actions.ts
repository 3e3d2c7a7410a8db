/** The actions of a pipeline, including those inside other actions: `if`, `repeat` and similar hold lists of actions, called blocks. */
import type { ErrorLocation, SourceLocation } from '../../../errors/index.js'
import { isPlainObject } from '../../../util/json.js'
import type { ActionArgs, ActionRow, Declaration, ModelBuild } from '../action-row.js'
import { actionTable } from '../action-table.js'
import { destination } from '../arguments.js'
import { type ActionSpec, actionParts, type PipelineSpec, type Section, sections } from './pipeline-spec.js'

/** Keys from a pipeline's spec to an action: `['actions', 2, 'if', 'then', 0]`. */
export type ActionPath = readonly (string | number)[]

/** Where each action is written, by its path joined with `/`. */
export type SourceMap = Readonly<Record<string, SourceLocation>>

export interface PlacedAction {
  readonly name: string
  readonly args: ActionArgs
  readonly path: ActionPath
  /** True if it shares its item with other keys, which is a mistake. */
  readonly isCrowded: boolean
}

/** The row of an action of the table; undefined for one of a batch class. */
export function rowOf(name: string): ActionRow | undefined {
  return Object.hasOwn(actionTable, name) ? actionTable[name as keyof typeof actionTable] : undefined
}

/** The blocks of an action with their names. What is not a list of actions is skipped. */
export function blocksOf(name: string, args: ActionArgs): readonly (readonly [block: string, actions: readonly ActionSpec[]])[] {
  const blocks = (rowOf(name)?.blocks ?? []).map(block => [block, args?.[block]] as const)
  return blocks.filter((entry): entry is [string, ActionSpec[]] => Array.isArray(entry[1]))
}

/** The arguments of an action except its blocks. */
export function ownArguments(name: string, args: ActionArgs): ActionArgs {
  const { blocks } = rowOf(name) ?? {}
  return blocks ? Object.fromEntries(Object.entries(args ?? {}).filter(([key]) => !blocks.includes(key))) : args
}

/** The arguments of an action that say where a value is saved. */
export function destinationArguments(name: string): readonly string[] {
  const table = rowOf(name)?.args.table ?? {}
  return Object.keys(table).filter(key => table[key]!.type === destination)
}

/** The names that an action declares; none if its arguments cannot be read. */
export function declaredBy({ name, args }: Pick<PlacedAction, 'name' | 'args'>): readonly Declaration[] {
  return isPlainObject(args) ? (rowOf(name)?.declares?.(args) ?? []) : []
}

/** The models that a pipeline builds, each with the action that builds it. */
export function* modelBuilds(spec: PipelineSpec): Generator<{ readonly action: PlacedAction; readonly build: ModelBuild }> {
  for (const action of actionsOf(spec)) {
    const build = isPlainObject(action.args) ? rowOf(action.name)?.builds?.(action.args) : undefined
    if (build) yield { action, build }
  }
}

/** Every action of a pipeline in the order they are written: before, actions, after; the actions of a block follow the one that holds it. */
export function* actionsOf(spec: PipelineSpec): Generator<PlacedAction> {
  for (const section of sections) yield* actionsIn(spec[section] ?? [], [section])
}

/** Every action of a list, with those of blocks. `path` leads to the list. */
export function* actionsIn(actions: readonly ActionSpec[], path: ActionPath): Generator<PlacedAction> {
  for (const [i, action] of actions.entries()) {
    for (const [name, args] of Object.entries(action)) {
      const placed = { name, args, path: [...path, i], isCrowded: Object.keys(action).length > 1 }
      yield placed
      for (const [block, inner] of blocksOf(name, args)) yield* actionsIn(inner, [...placed.path, name, block])
    }
  }
}

/** The part of a path that leads to an action; empty if it leads to none. Only the form of the path is considered. */
export function actionPathOf(path: ActionPath): ActionPath {
  if (!sections.includes(path[0] as Section) || path[1] === undefined) return []
  let length = 2
  while (path[length + 2] !== undefined && rowOf(`${path[length]}`)?.blocks?.includes(`${path[length + 1]}`)) length += 3
  return path.slice(0, length)
}

/** The action a path leads to or into, with its own path. */
export function actionAt(spec: PipelineSpec, path: ActionPath): PlacedAction | undefined {
  const own = actionPathOf(path)
  const action = own.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], spec) as ActionSpec | undefined
  if (own.length === 0 || action === undefined) return undefined
  const [name, args] = actionParts(action)
  return { name, args, path: own, isCrowded: Object.keys(action).length > 1 }
}

/** The number of an action for readers, from 1; inside another action both numbers, `3.1`, with the block's name if there are several, `3.else.1`. */
export function actionNumber(path: ActionPath): number | string {
  if (path.length === 2 && path[0] === 'actions') return Number(path[1]) + 1
  const steps = path[0] === 'actions' ? [] : [path[0]!]
  for (let depth = 0; depth < path.length; depth += 3) {
    if (depth > 0 && path[depth] !== 'actions') steps.push(path[depth]!)
    steps.push(Number(path[depth + 1]) + 1)
  }
  return steps.join('.')
}

/** The place of an action, for errors. */
export function locationOf(
  pipeline: string,
  { name, path }: { readonly name: string; readonly path: ActionPath },
  sources: SourceMap | undefined,
): ErrorLocation {
  const source = sources?.[path.join('/')]
  return { pipeline, action: { number: actionNumber(path), name }, ...(source ? { source } : {}) }
}

/** The places of actions moved to another path. `from` and `to` lead to lists; `shift` is added to their positions. */
export function moveSources(sources: SourceMap, from: ActionPath, to: ActionPath, shift = 0): SourceMap {
  const start = `${from.join('/')}/`
  const moved = Object.entries(sources).flatMap(([key, source]) => {
    if (!key.startsWith(start)) return []
    const [position, ...rest] = key.slice(start.length).split('/')
    return [[[...to, Number(position) + shift, ...rest].join('/'), source] as const]
  })
  return Object.fromEntries(moved)
}
