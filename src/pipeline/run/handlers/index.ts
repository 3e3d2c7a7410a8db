import type { ActionName } from '../../spec/actions/index.js'
import type { Handler } from '../handler.js'
import { call } from './call.js'
import { importModel } from './import-model.js'
import { initModel } from './init-model.js'
import { initVariable } from './init-variable.js'
import { predictModel } from './predict-model.js'
import { trainModel } from './train-model.js'
import { update } from './update.js'

/** The doing half of the action table. The compiler asks for a row for each action. */
export const handlers = { initVariable, update, initModel, importModel, trainModel, predictModel, call } satisfies Record<
  ActionName,
  Handler
>
