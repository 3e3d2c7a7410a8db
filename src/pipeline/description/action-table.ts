import type { ActionRow } from './action-row.js'
import { callActions } from './actions/calls.js'
import { flowActions } from './actions/flow.js'
import { lockActions } from './actions/locks.js'
import { modelActions } from './actions/models.js'
import { pipelineActions } from './actions/pipelines.js'
import { variableActions } from './actions/variables.js'
import { weightActions } from './actions/weights.js'

/** Every action that is not a batch class's own. A new action is a row in a theme of `actions`, and a handler in the same theme of `run/handlers`. */
export const actionTable = {
  ...variableActions,
  ...modelActions,
  ...weightActions,
  ...callActions,
  ...flowActions,
  ...pipelineActions,
  ...lockActions,
} satisfies Record<string, ActionRow>

export type ActionName = keyof typeof actionTable
export const actionNames = Object.keys(actionTable) as readonly ActionName[]

/** The actions that need a live thing, which a file therefore cannot use. */
export const liveActions: readonly string[] = actionNames.filter(name => (actionTable[name] as ActionRow).needsLive)

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actionTable, name)
}
