/** Sends the backend's calls into TensorFlow to the recorder. */
import type { NodeBackend } from '../backend.js'
import { type Restore, replaceMethods } from './hooks.js'
import type { Recorder } from './recorder.js'
import { TraceRefusal } from './refusal.js'

/** tfjs's functions that draw numbers in JavaScript, by the names of their scopes. */
const random = /^(random|truncatedNormal|multinomial|dropout)/

export function hookBackend(recorder: Recorder): Restore {
  const { backend, engine } = recorder
  const { read, readSync, write } = backend
  return replaceMethods<NodeBackend>(backend, {
    executeSingleOutput: (op, attributes, inputs) => recorder.record(op, attributes, inputs, 1)[0]!,
    executeMultipleOutputs: (op, attributes, inputs, outputs) => recorder.record(op, attributes, inputs, outputs),
    read: dataId => {
      if (!recorder.isRecorded(dataId)) return read.call(backend, dataId)
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
  })
}
