import { trainModel as row } from '../../description/actions/train-model.js'
import { handle } from '../actions/handler.js'
import { runModel } from '../actions/run-model.js'

export const trainModel = handle(row, ['batch'], (args, scope) => runModel('train', args, scope))
