import { predictModel as row } from '../../description/actions/predict-model.js'
import { handle } from '../actions/handler.js'
import { runModel } from '../actions/run-model.js'

export const predictModel = handle(row, ['batch'], (args, scope) => runModel('predict', args, scope))
