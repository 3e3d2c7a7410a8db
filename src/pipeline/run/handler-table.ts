import type { ActionName } from '../spec/action-table.js'
import type { Handler } from './handler.js'
import { call } from './handlers/call.js'
import { importModel } from './handlers/import-model.js'
import { initModel } from './handlers/init-model.js'
import { initVariable } from './handlers/init-variable.js'
import { predictModel } from './handlers/predict-model.js'
import { trainModel } from './handlers/train-model.js'
import { update } from './handlers/update.js'

/** The doing half of the action table. The compiler asks for a row for each action. */
export const handlers = { initVariable, update, initModel, importModel, trainModel, predictModel, call } satisfies Record<
  ActionName,
  Handler
>
