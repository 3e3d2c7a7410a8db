/**
 * TensorFlow.js as Millrace loads it: the same object that its models use.
 *
 * @example
 * import tf, { type Tensor } from 'millrace/tf'
 * const mean = (images: Tensor) => tf.mean(images)
 */
import { loadTensorflow } from './graph/tensorflow.js'

export type * from '@tensorflow/tfjs-node-gpu'

const tf = await loadTensorflow()
export default tf
