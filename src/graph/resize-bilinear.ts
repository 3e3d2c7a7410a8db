/** Bilinear resizing with half-pixel centres and its gradient by TensorFlow's kernels. tfjs's gradient ignores the centres. */
import { type NodeBackend, nodeBackend, type RawAttribute, runsOperations, type Tensor, toRawAttributes } from './backend.js'
import { bool, type } from './ir/attributes.js'
import type { Tensorflow as Tf } from './tensorflow.js'

type Tensor4D = import('@tensorflow/tfjs-node-gpu').Tensor4D

/**
 * The images at another size, as PyTorch's `interpolate(mode='bilinear', align_corners=False)`; undefined if the backend does not run
 * TensorFlow's operations. Differentiable.
 */
export function resizeBilinear(tf: Tf, images: Tensor4D, size: readonly [number, number]): Tensor4D | undefined {
  if (!runsOperations(tf.backend())) return undefined
  const run = tf.customGrad((...args: any[]) => {
    const [input, save] = args as [Tensor4D, (tensors: Tensor[]) => void]
    const backend = nodeBackend(tf)
    save([input])
    return {
      value: backend.executeSingleOutput('ResizeBilinear', attributes(backend), [input, tf.tensor1d([...size], 'int32')]),
      gradFunc: (dy: Tensor, [original]: Tensor[]) =>
        nodeBackend(tf).executeSingleOutput('ResizeBilinearGrad', attributes(nodeBackend(tf)), [dy, original!]),
    }
  })
  return run(images) as Tensor4D
}

function attributes({ binding }: NodeBackend): readonly RawAttribute[] {
  return toRawAttributes(binding, { T: type('float32'), align_corners: bool(false), half_pixel_centers: bool(true) })
}
