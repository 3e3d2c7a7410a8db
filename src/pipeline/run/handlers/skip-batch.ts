import { SkipBatch } from '../control.js'
import type { Handler } from '../handler.js'

export const skipBatch: Handler = {
  batch: () => {
    throw new SkipBatch()
  },
}
