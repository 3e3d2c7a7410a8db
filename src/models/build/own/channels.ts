/** Layers that act on the channels of each position alone, and normalisation by groups of them. */
import type { Tensor1D } from '../../tf-types.js'
import { normalizeGroups } from './normalize.js'
import type { OwnLayer } from './own-layer.js'

export const groupNorm: OwnLayer<'groupNorm'> = {
  className: 'GroupNormalization',
  type: 'groupNorm',
  keys: ['groups', 'epsilon'],
  initial: () => ({ gamma: 1 }),
  call: ({ tf, spec, inputs: [x], weights: { gamma, beta } }) =>
    normalizeGroups(tf, x, gamma as Tensor1D, beta as Tensor1D, spec.groups, spec.epsilon),
}

/** relu6(x + 3) / 6 (Howard and others 2019); tfjs's `hardSigmoid` is another function. */
export const hardSigmoid: OwnLayer<'activation'> = {
  className: 'HardSigmoid',
  type: 'activation',
  keys: [],
  fixed: { activation: 'h_sigmoid' },
  call: ({ tf, inputs: [x] }) => tf.div(tf.relu6(tf.add(x, 3)), 6),
}

/** x · relu6(x + 3) / 6 (Howard and others 2019). */
export const hardSwish: OwnLayer<'activation'> = {
  className: 'HardSwish',
  type: 'activation',
  keys: [],
  fixed: { activation: 'h_swish' },
  call: ({ tf, inputs: [x] }) => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)),
}

export const layerScale: OwnLayer<'layerScale'> = {
  className: 'LayerScale',
  type: 'layerScale',
  keys: ['initial', 'shared'],
  initial: ({ initial }) => ({ gamma: initial }),
  call: ({ tf, inputs: [x], weights: { gamma } }) => tf.mul(x, gamma!),
}

export const scaleBy: OwnLayer<'scaleBy'> = {
  className: 'ScaleBy',
  type: 'scaleBy',
  keys: ['factor'],
  call: ({ tf, spec, inputs: [x] }) => tf.mul(x, spec.factor),
}

export const channelPool: OwnLayer<'channelPool'> = {
  className: 'ChannelPooling',
  type: 'channelPool',
  keys: ['op'],
  call: ({ tf, spec, inputs: [x] }) => (spec.op === 'max' ? tf.max(x, -1, true) : tf.mean(x, -1, true)),
}

/** A convolution along the list of channels (ECA: Wang and others 2020). */
export const channelConv: OwnLayer<'channelConv'> = {
  className: 'ChannelConv',
  type: 'channelConv',
  keys: ['kernelSize'],
  initial: () => ({ kernel: { type: 'glorot_uniform' } }),
  call: ({ tf, spec, inputs: [x], weights: { kernel } }) => {
    const [batch, channels] = x.shape as [number, number]
    const images = tf.reshape(x, [batch, 1, channels, 1]) as never
    return tf.reshape(tf.conv2d(images, tf.reshape(kernel!, [1, spec.kernelSize, 1, 1]) as never, 1, 'same'), [batch, channels])
  },
}

export const padChannels: OwnLayer<'padChannels'> = {
  className: 'PadChannels',
  type: 'padChannels',
  keys: ['channels'],
  call: ({ tf, spec, inputs: [x] }) =>
    tf.pad(
      x,
      x.shape.map((length, axis) => [0, axis === x.rank - 1 ? spec.channels - length : 0]),
    ),
}
