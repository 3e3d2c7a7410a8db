import { SkipBatch } from '../actions/control.js'
import type { Handler } from '../actions/handler.js'

export const skipBatch: Handler = {
  batch: () => {
    throw new SkipBatch()
  },
}
