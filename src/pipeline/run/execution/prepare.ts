/** The actions of a description, looked up once: what runs for each batch finds everything in place. */

import type { ActionArgs } from '../../description/action-row.js'
import { batchLetters } from '../../description/checks/check-names.js'
import { type ActionSpec, actionParts, type PipelineSpec } from '../../description/content/pipeline-spec.js'
import { type ActionPath, actionNumber, actionsOf, blocksOf, rowOf } from '../../description/content/visit-actions.js'
import { expressionsIn, isExpressionJson } from '../../description/expressions/expression-json.js'
import type { Handler } from '../actions/handler.js'
import { handlers } from '../actions/handler-table.js'

/** An action ready to be done. */
export interface PreparedAction {
  readonly name: string
  readonly args: ActionArgs
  readonly path: ActionPath
  readonly number: number | string
  /** What it does; undefined for an action of a batch class. */
  readonly handler: Handler | undefined
  readonly blocks: Readonly<Record<string, readonly PreparedAction[]>>
  /** Whether it works on nothing but its batch, so that it may be done ahead of its turn. */
  readonly isPure: boolean
  /** Whether it has nothing to do with the batch, so that others may be done before it. */
  readonly isDetached: boolean
}

/** Actions between two changes of batches. `divider` is the action that makes its batches of those before it. */
export interface PreparedStage {
  readonly divider: PreparedAction | undefined
  /** The first actions, those that may be done ahead. */
  readonly ahead: readonly PreparedAction[]
  readonly rest: readonly PreparedAction[]
}

export interface PreparedPipeline {
  readonly before: readonly PreparedAction[]
  readonly actions: readonly PreparedAction[]
  readonly stages: readonly PreparedStage[]
  readonly after: readonly PreparedAction[]
}

const prepared = new WeakMap<PipelineSpec, PreparedPipeline>()

export function preparePipeline(spec: PipelineSpec): PreparedPipeline {
  const known = prepared.get(spec)
  if (known) return known
  const pureLetters = assignsConfig(spec) ? ownLetters : [...ownLetters, 'C']
  const list = (actions: readonly ActionSpec[] | undefined, section: string) => prepareList(actions ?? [], [section], pureLetters)
  const actions = list(spec.actions, 'actions')
  const made = { before: list(spec.before, 'before'), actions, stages: toStages(actions), after: list(spec.after, 'after') }
  prepared.set(spec, made)
  return made
}

/** What a batch's own work may read: the batch, its number, its dataset, random values. Variables, models and functions have a history. */
const ownLetters: readonly string[] = ['B', 'D', 'I', 'IF', 'L', 'P', 'PP', 'R', 'W']

function prepareList(actions: readonly ActionSpec[], path: ActionPath, pureLetters: readonly string[]): readonly PreparedAction[] {
  return actions.map((action, i) => {
    const [name, args] = actionParts(action)
    const at = [...path, i]
    const row = rowOf(name)
    const blocks = Object.fromEntries(
      blocksOf(name, args).map(([block, inner]) => [block, prepareList(inner, [...at, name, block], pureLetters)]),
    )
    const own = Object.entries(args).filter(([key]) => !Object.hasOwn(blocks, key))
    const isPure =
      (row === undefined || row.pure === true) &&
      own.every(([, value]) => isPureValue(value, pureLetters)) &&
      Object.values(blocks).every(block => block.every(inner => inner.isPure))
    const isDetached = row?.detached === true && ![...expressionsIn(args)].some(({ letter }) => batchLetters.includes(letter))
    const handler = row && handlers[name as keyof typeof handlers]
    return { name, args, path: at, number: actionNumber(at), handler, blocks, isPure, isDetached }
  })
}

function isPureValue(value: unknown, letters: readonly string[]): boolean {
  for (const { letter } of expressionsIn(value)) if (!letters.includes(letter)) return false
  return true
}

/** Whether something is saved to `C`: then what `C` reads depends on the batches before. */
function assignsConfig(spec: PipelineSpec): boolean {
  return [...actionsOf(spec)].some(({ args }) => [args.saveTo, args.dst].some(place => holdsConfig(place)))
}

function holdsConfig(place: unknown): boolean {
  if (typeof place !== 'object' || place === null) return false
  return isExpressionJson(place) ? [...expressionsIn(place)].some(({ letter }) => letter === 'C') : Object.values(place).some(holdsConfig)
}

function toStages(actions: readonly PreparedAction[]): readonly PreparedStage[] {
  const stages: { divider: PreparedAction | undefined; actions: PreparedAction[] }[] = [{ divider: undefined, actions: [] }]
  for (const action of actions) {
    if (rowOf(action.name)?.stage) stages.push({ divider: action, actions: [] })
    else stages.at(-1)!.actions.push(action)
  }
  return stages.map(({ divider, actions }) => {
    // Only what comes from the dataset can be had ahead; batches made of others wait for these.
    const end = divider ? 0 : actions.findIndex(({ isPure, isDetached }) => !isPure && !isDetached)
    const ahead = actions.slice(0, end < 0 ? actions.length : end).filter(({ isPure }) => isPure)
    return { divider, ahead, rest: actions.filter(action => !ahead.includes(action)) }
  })
}
