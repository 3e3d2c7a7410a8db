import type { Handler } from '../actions/handler.js'
import { passBatch } from '../actions/run-model.js'

export const predictModel: Handler = { batch: (args, scope) => passBatch('predict', args, scope) }
