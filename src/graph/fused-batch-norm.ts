/**
 * Batch normalisation in training, by TensorFlow's fused kernels if the backend runs them, otherwise by tfjs's arithmetic.
 * tfjs's own kernel for the native backend supports only inference.
 */
import { type NodeBackend, nodeBackend, type RawAttribute, runsOperations, type Tensor, toRawAttributes } from './backend.js'
import { bool, float, string, type } from './ir/attributes.js'
import type { Tensorflow as Tf } from './tensorflow.js'

type Tensor1D = import('@tensorflow/tfjs-node-gpu').Tensor1D
type Tensor4D = import('@tensorflow/tfjs-node-gpu').Tensor4D

export type SeeMoments = (mean: Tensor1D, variance: Tensor1D) => void

/**
 * Normalises over all axes except the last and passes the batch's mean and (population) variance to `see`.
 * Differentiable in `x`, `gamma` and `beta`.
 */
export function normalizeInTraining(tf: Tf, x: Tensor, gamma: Tensor1D, beta: Tensor1D, epsilon: number, see: SeeMoments): Tensor {
  const channels = x.shape.at(-1)!
  const flat = x.rank === 4 ? (x as Tensor4D) : tf.reshape(x, [-1, 1, 1, channels] as [number, number, number, number])
  const y = runsOperations(tf.backend())
    ? fused(tf, flat as Tensor4D, gamma, beta, epsilon, see)
    : stock(tf, flat as Tensor4D, gamma, beta, epsilon, see)
  return x.rank === 4 ? y : tf.reshape(y, x.shape)
}

function stock(tf: Tf, x: Tensor4D, gamma: Tensor1D, beta: Tensor1D, epsilon: number, see: SeeMoments): Tensor {
  const { mean, variance } = tf.moments(x, [0, 1, 2])
  see(mean as Tensor1D, variance as Tensor1D)
  return tf.batchNorm4d(x, mean as Tensor1D, variance as Tensor1D, beta, gamma, epsilon)
}

function fused(tf: Tf, x: Tensor4D, gamma: Tensor1D, beta: Tensor1D, epsilon: number, see: SeeMoments): Tensor {
  const count = x.shape[0] * x.shape[1] * x.shape[2]
  const run = tf.customGrad((...args: any[]) => {
    const [input, scale, offset, save] = args as [Tensor4D, Tensor1D, Tensor1D, (tensors: Tensor[]) => void]
    const backend = nodeBackend(tf)
    const empty = tf.tensor1d([], 'float32')
    const outputs = backend.executeMultipleOutputs(
      'FusedBatchNormV3',
      attributes(backend, epsilon),
      [input, scale, offset, empty, empty],
      6,
    )
    const [value, mean, corrected, ...reserved] = outputs as [Tensor4D, Tensor1D, Tensor1D, Tensor, Tensor, Tensor]
    // The kernel returns the sample variance (over n − 1); the moving average uses the population's, as tfjs's own layer does.
    see(mean, count > 1 ? tf.mul(corrected, (count - 1) / count) : corrected)
    save([input, scale, ...reserved])
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => fusedGradient(tf, dy, saved, epsilon) }
  })
  return run(x, gamma, beta) as Tensor
}

function fusedGradient(tf: Tf, dy: Tensor, saved: readonly Tensor[], epsilon: number): Tensor[] {
  const backend = nodeBackend(tf)
  return backend.executeMultipleOutputs('FusedBatchNormGradV3', attributes(backend, epsilon), [dy, ...saved], 5).slice(0, 3)
}

function attributes({ binding }: NodeBackend, epsilon: number): readonly RawAttribute[] {
  return toRawAttributes(binding, {
    T: type('float32'),
    U: type('float32'),
    epsilon: float(epsilon),
    data_format: string('NHWC'),
    is_training: bool(true),
  })
}
