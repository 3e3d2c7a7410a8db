import { StopPipeline } from '../actions/control.js'
import type { Handler } from '../actions/handler.js'

export const stopPipeline: Handler = {
  batch: () => {
    throw new StopPipeline()
  },
}
