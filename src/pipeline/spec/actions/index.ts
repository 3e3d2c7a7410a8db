import type { ActionRow } from '../action-row.js'
import { call } from './call.js'
import { importModel } from './import-model.js'
import { initModel } from './init-model.js'
import { initVariable } from './init-variable.js'
import { predictModel } from './predict-model.js'
import { trainModel } from './train-model.js'
import { update } from './update.js'

/** Every action that is not a batch class's own. A new action is a file here, a row here, a handler of the same name in `run/handlers`. */
export const actionTable = { initVariable, update, initModel, importModel, trainModel, predictModel, call } satisfies Record<
  string,
  ActionRow
>

export type ActionName = keyof typeof actionTable
export const actionNames = Object.keys(actionTable) as readonly ActionName[]

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actionTable, name)
}
