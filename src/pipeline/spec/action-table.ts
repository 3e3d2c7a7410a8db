import type { ActionRow } from './action-row.js'
import { call } from './actions/call.js'
import { importModel } from './actions/import-model.js'
import { initModel } from './actions/init-model.js'
import { initVariable } from './actions/init-variable.js'
import { predictModel } from './actions/predict-model.js'
import { trainModel } from './actions/train-model.js'
import { update } from './actions/update.js'

/** Every action that is not a batch class's own. A new action is a file in `actions`, a row here, a handler of the same name in `run/handlers`. */
export const actionTable = { initVariable, update, initModel, importModel, trainModel, predictModel, call } satisfies Record<
  string,
  ActionRow
>

export type ActionName = keyof typeof actionTable
export const actionNames = Object.keys(actionTable) as readonly ActionName[]

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actionTable, name)
}
