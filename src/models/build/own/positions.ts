/** Layers that change the positions. */
import { resizeBilinear } from '../../../graph/resize-bilinear.js'
import type { Tensor, Tensor4D } from '../../tf-types.js'
import { alongAxes, interpolation, windowMeans } from './along-axes.js'
import type { OwnLayer } from './own-layer.js'

export const adaptivePool: OwnLayer<'adaptivePool'> = {
  className: 'AdaptiveAveragePooling',
  type: 'adaptivePool',
  keys: ['size'],
  call: ({ tf, spec, inputs: [x] }) =>
    alongAxes(
      tf,
      x,
      spec.size.map((parts, axis) => windowMeans(x.shape[axis + 1]!, parts)),
    ),
}

/** tfjs's own upsampling takes whole factors only, and has no half-pixel centres. */
export const resize: OwnLayer<'upsample'> = {
  className: 'Resize',
  type: 'upsample',
  keys: ['op', 'size'],
  call: ({ tf, spec, inputs: [x] }) => {
    const images = (x.rank === 3 ? tf.expandDims(x, 1) : x) as Tensor4D
    const size = (x.rank === 3 ? [1, ...spec.size] : spec.size) as [number, number]
    const resized: Tensor = spec.op === 'nearest' ? tf.image.resizeNearestNeighbor(images, size) : bilinear(images, size)
    return x.rank === 3 ? tf.squeeze(resized, [1]) : resized

    function bilinear(given: Tensor4D, to: readonly [number, number]): Tensor {
      return (
        resizeBilinear(tf, given, to) ??
        alongAxes(
          tf,
          given,
          to.map((target, axis) => interpolation(given.shape[axis + 1]!, target)),
        )
      )
    }
  },
}

/** tfjs has a layer for two axes only. */
export const zeroPadding: OwnLayer<'pad'> = {
  className: 'ZeroPadding',
  type: 'pad',
  keys: ['padding'],
  call: ({ tf, spec, inputs: [x] }) =>
    tf.pad(x, [[0, 0], ...spec.padding.map(([before, after]) => [before, after] as [number, number]), [0, 0]]),
}

/** tfjs has a layer for two axes only. */
export const crop: OwnLayer<'crop'> = {
  className: 'Crop',
  type: 'crop',
  keys: ['size'],
  call: ({ tf, spec, inputs: [x] }) => tf.slice(x, Array<number>(x.rank).fill(0), [x.shape[0]!, ...spec.size, x.shape.at(-1)!]),
}

/** As TensorFlow’s `depth_to_space`: the channels are grouped by row, then column, of the new positions. */
export const depthToSpace: OwnLayer<'depthToSpace'> = {
  className: 'DepthToSpace',
  type: 'depthToSpace',
  keys: ['factor'],
  call: ({ tf, spec: { factor }, inputs: [x] }) => {
    const [batch, ...positions] = x.shape.slice(0, -1) as number[]
    const channels = x.shape.at(-1)! / factor ** positions.length
    const apart = tf.reshape(x, [batch!, ...positions, ...positions.map(() => factor), channels])
    const axes = positions.flatMap((_, axis) => [1 + axis, 1 + positions.length + axis])
    return tf.reshape(tf.transpose(apart, [0, ...axes, apart.rank - 1]), [batch!, ...positions.map(length => length * factor), channels])
  },
}
