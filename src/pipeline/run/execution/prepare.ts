/** Looks up the actions of a description once, so that nothing is looked up per batch. */

import type { ActionArgs } from '../../description/action-row.js'
import { ownActionOf } from '../../description/content/own-actions.js'
import { type ActionSpec, actionParts, type PipelineSpec } from '../../description/content/pipeline-spec.js'
import { type ActionPath, actionNumber, blocksOf, rowOf } from '../../description/content/visit-actions.js'
import type { BatchClass } from '../../description/contracts.js'
import { savesConfig } from '../../description/expressions/destinations.js'
import { expressionsIn, isExpressionJson } from '../../description/expressions/expression-json.js'
import { letterRow } from '../../description/expressions/letters.js'
import { liveNameOf } from '../../description/expressions/operations.js'
import type { Handler } from '../actions/handler.js'
import { handlers } from '../actions/handler-table.js'

/** An action ready to be performed. */
export interface PreparedAction {
  readonly name: string
  readonly args: ActionArgs
  readonly path: ActionPath
  readonly number: number | string
  /** True if no argument is, or holds, an expression. */
  readonly isPlain: boolean
  /** What it does; undefined for an action of a batch class. */
  readonly handler: Handler | undefined
  readonly blocks: Readonly<Record<string, readonly PreparedAction[]>>
  /** True if it works only on its batch, so that it may be performed ahead of its turn. */
  readonly isBatchLocal: boolean
  /** True if it does not involve the batch, so that others may be performed before it. */
  readonly ignoresBatch: boolean
}

/** Actions between two changes of batches. `divider` is the action that makes its batches from those before it. */
export interface PreparedStage {
  readonly divider: PreparedAction | undefined
  /** The first actions, which may be performed ahead. */
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
  const isSaved = savesConfig(spec)
  const list = (actions: readonly ActionSpec[] | undefined, section: string) => prepareList(actions ?? [], [section], isSaved)
  const actions = list(spec.actions, 'actions')
  const made = { before: list(spec.before, 'before'), actions, stages: toStages(actions), after: list(spec.after, 'after') }
  prepared.set(spec, made)
  return made
}

function prepareList(actions: readonly ActionSpec[], path: ActionPath, configIsSaved: boolean): readonly PreparedAction[] {
  return actions.map((action, i) => {
    const [name, args] = actionParts(action)
    const at = [...path, i]
    const row = rowOf(name)
    const blocks = Object.fromEntries(
      blocksOf(name, args).map(([block, inner]) => [block, prepareList(inner, [...at, name, block], configIsSaved)]),
    )
    const own = Object.entries(args).filter(([key]) => !Object.hasOwn(blocks, key))
    const isBatchLocal =
      (row === undefined || row.batchLocal === true) &&
      own.every(([, value]) => isBatchLocalValue(value, configIsSaved)) &&
      Object.values(blocks).every(block => block.every(inner => inner.isBatchLocal))
    const ignoresBatch = row?.ignoresBatch === true && ![...expressionsIn(args)].some(({ letter }) => letterRow(letter).readsBatch)
    const handler = row && handlers[name as keyof typeof handlers]
    return { name, args, path: at, number: actionNumber(at), handler, blocks, isPlain: isPlain(args), isBatchLocal, ignoresBatch }
  })
}

/** True if a value neither is nor holds an expression or a live thing. */
function isPlain(value: unknown): boolean {
  if (isExpressionJson(value) || liveNameOf(value) !== undefined) return false
  return typeof value !== 'object' || value === null || Object.values(value).every(isPlain)
}

/** True if an argument reads nothing but the batch, its number, its dataset and random values: variables, models and functions have a history. */
function isBatchLocalValue(value: unknown, configIsSaved: boolean): boolean {
  for (const { letter } of expressionsIn(value)) {
    const { batchLocal } = letterRow(letter)
    if (!batchLocal || (batchLocal === 'unless saved' && configIsSaved)) return false
  }
  return true
}

function toStages(actions: readonly PreparedAction[]): readonly PreparedStage[] {
  const stages: { divider: PreparedAction | undefined; actions: PreparedAction[] }[] = [{ divider: undefined, actions: [] }]
  for (const action of actions) {
    if (rowOf(action.name)?.changesBatches) stages.push({ divider: action, actions: [] })
    else stages.at(-1)!.actions.push(action)
  }
  return stages.map(({ divider, actions }) => {
    // Only batches of the dataset can be prepared ahead; batches made from others wait for them.
    const end = divider ? 0 : actions.findIndex(({ isBatchLocal, ignoresBatch }) => !isBatchLocal && !ignoresBatch)
    const ahead = actions.slice(0, end < 0 ? actions.length : end).filter(({ isBatchLocal }) => isBatchLocal)
    return { divider, ahead, rest: actions.filter(action => !ahead.includes(action)) }
  })
}

/** The stage of a batch class: from its first action that must not be performed ahead, none is. */
export function inTurnFrom(stage: PreparedStage, batchClass: BatchClass): PreparedStage {
  const waits = ({ name, blocks }: PreparedAction): boolean =>
    ownActionOf(batchClass, name)?.inTurn === true || Object.values(blocks).some(block => block.some(waits))
  const first = stage.ahead.findIndex(waits)
  if (first < 0) return stage
  const rest = [...stage.rest, ...stage.ahead.slice(first)].sort((a, b) => Number(a.path[1]) - Number(b.path[1]))
  return { ...stage, ahead: stage.ahead.slice(0, first), rest }
}
