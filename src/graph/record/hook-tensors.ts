/** Watches what a function keeps for later and which tensors of others it disposes. */
import type { Tensor } from '../backend.js'
import type { Restore } from './hooks.js'
import type { Recorder } from './recorder.js'

export function hookTensors(recorder: Recorder): Restore {
  const { engine } = recorder
  const { keep, disposeTensor } = engine
  /** A tensor from before the trace, not a variable, still alive. */
  const isOuter = (tensor: Tensor) =>
    tensor.id < recorder.firstId &&
    !('assign' in tensor) &&
    !recorder.isRecorded(tensor.dataId) &&
    engine.state.tensorInfo.has(tensor.dataId) &&
    !recorder.masks.has(tensor)
  return recorder.hook(engine, {
    keep: tensor => {
      if (tensor.id > recorder.firstId) recorder.kept.add(tensor)
      return keep.call(engine, tensor)
    },
    disposeTensor: tensor => {
      if (isOuter(tensor)) recorder.refuse('dispose', 'a tensor from outside is disposed')
      return disposeTensor.call(engine, tensor)
    },
  })
}
