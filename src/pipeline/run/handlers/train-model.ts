import type { Handler } from '../handler.js'
import { passBatch } from '../pass-batch.js'

export const trainModel: Handler = { batch: (args, scope) => passBatch('train', args, scope) }
