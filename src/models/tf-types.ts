/** The types of TensorFlow.js that models use. Types only: importing this file loads nothing. */
import type { loadTensorflow } from '../graph/tensorflow.js'

/** TensorFlow.js itself. */
export type Tf = Awaited<ReturnType<typeof loadTensorflow>>
export type {
  LayersModel,
  NamedTensorMap,
  Optimizer,
  Scalar,
  SymbolicTensor,
  Tensor,
  Tensor1D,
  Tensor4D,
  Variable,
} from '@tensorflow/tfjs-node-gpu'
export type Layer = import('@tensorflow/tfjs-node-gpu').layers.Layer
export type Initializer = ReturnType<Tf['initializers']['zeros']>
