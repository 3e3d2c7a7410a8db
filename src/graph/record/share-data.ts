/** Tensors of a traced function that take over the data of real ones. */
import type { Tensor } from '../backend.js'
import { earlierArguments } from './earlier.js'
import type { Recorder } from './recorder.js'

/** What stands for an argument shares its data, uncounted: the function may have remembered it. */
export function share({ engine }: Recorder, input: Tensor, given: Tensor): void {
  engine.disposeTensor(input)
  earlierArguments.add(input)
  Object.assign(input, { dataId: given.dataId, kept: true })
}

/** A tensor of the function's takes over the data of another, which is forgotten. */
export function adopt(recorder: Recorder, tensor: Tensor, real: Tensor): void {
  if (!recorder.isRecorded(tensor.dataId)) recorder.engine.disposeTensor(tensor)
  ;(tensor as { dataId: object }).dataId = real.dataId
  ;(real as { dataId: object }).dataId = {}
}
