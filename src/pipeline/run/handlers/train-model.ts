import type { Handler } from '../actions/handler.js'
import { passBatch } from '../actions/run-model.js'

export const trainModel: Handler = { batch: (args, scope) => passBatch('train', args, scope) }
