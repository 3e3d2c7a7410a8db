import type { Handler } from '../handler.js'
import { passBatch } from '../pass-batch.js'

export const predictModel: Handler = { batch: (args, scope) => passBatch('predict', args, scope) }
