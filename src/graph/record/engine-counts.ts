/** tfjs's counts of tensors, which a trace changes and sets right. */
import type { Recorder } from './recorder.js'

export interface Counts {
  readonly numTensors: number
  readonly numBytes: number
  readonly numDataBuffers: number
  readonly numStringTensors: number
}

export function countsOf({ engine }: Recorder): Counts {
  const { numTensors, numBytes, numDataBuffers, numStringTensors } = engine.state
  return { numTensors, numBytes, numDataBuffers, numStringTensors }
}

export function setCounts({ engine }: Recorder, counts: Counts): void {
  Object.assign(engine.state, counts)
}
