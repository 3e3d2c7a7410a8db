/** Sends the backend's calls into TensorFlow to the recorder. */
import type { Binding, NodeBackend } from '../backend.js'
import { type Restore, replaceMethods } from './hooks.js'
import type { Recorder } from './recorder.js'
import { TraceRefusal } from './refusal.js'

/** tfjs's functions that draw numbers in JavaScript, by the names of their scopes. */
const random = /^(random|truncatedNormal|multinomial|dropout)/

export function hookBackend(recorder: Recorder): Restore[] {
  const { backend, engine } = recorder
  const { read, readSync, write } = backend
  const past = (call: string) => recorder.refuse(call, 'TensorFlow is called past the recorded operations')
  /** The addon as others see it meanwhile: whatever has an effect, or takes tensors by their ids, cannot be recorded. */
  const binding = Object.create(recorder.binding) as Binding
  return [
    recorder.hook<NodeBackend>(backend, {
      executeSingleOutput: (op, attributes, inputs) => recorder.record(op, attributes, inputs, 1)[0]!,
      executeMultipleOutputs: (op, attributes, inputs, outputs) => recorder.record(op, attributes, inputs, outputs),
      getInputTensorIds: () => past('getInputTensorIds'),
      read: dataId => {
        if (!recorder.isRecorded(dataId)) return read.call(backend, dataId)
        if (recorder.goOn) recorder.refuse('data', 'JavaScript reads a value of the graph')
        recorder.stopped ??= new TraceRefusal('data', recorder.layer, 'JavaScript reads a value of the graph')
        // Never settled: an unhandled rejection would end the process.
        return new Promise(() => undefined)
      },
      readSync: dataId => {
        if (!recorder.isRecorded(dataId)) return readSync.call(backend, dataId)
        return recorder.refuse('dataSync', 'JavaScript reads a value of the graph')
      },
      write: (values, shape, dtype) => {
        const dataId = write.call(backend, values, shape, dtype)
        const scope = engine.state.scopeStack.find(({ name }) => random.test(name))
        if (scope) recorder.drawn.set(dataId, scope.name.replace('__op', ''))
        return dataId
      },
    }),
    recorder.hook<Binding>(binding, {
      executeOp: op => past(op),
      runSavedModel: () => past('runSavedModel'),
      loadSavedModel: () => past('loadSavedModel'),
      deleteSavedModel: () => past('deleteSavedModel'),
    }),
    replaceMethods<{ binding: Binding }>(backend, { binding }),
  ]
}
