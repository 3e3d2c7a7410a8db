/** Connects rooms that do not import each other. Every entry of the package imports this file; nothing heavy is loaded. */
import { countTensors } from './graph/tensorflow.js'
import { type Model, type ModelClass, setModelAdopter, setModelLoader, setTensorCounter } from './pipeline/index.js'

setModelAdopter(async thing => (await import('./models.js')).toModelClass(thing) as ModelClass)
setModelLoader(async (folder, options) => (await (await import('./models.js')).loadModel(folder, options)) as unknown as Model)
setTensorCounter(countTensors)
