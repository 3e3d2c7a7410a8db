import { StopPipeline } from '../control.js'
import type { Handler } from '../handler.js'

export const stopPipeline: Handler = {
  batch: () => {
    throw new StopPipeline()
  },
}
