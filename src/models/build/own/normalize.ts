/** Normalisation over the channels of a position, or over the positions of a group of channels, with gradients in few operations. */
import type { Tensor, Tensor1D, Tf } from '../../tf-types.js'

type Save = (tensors: Tensor[]) => void

/**
 * Each position's channels normalised to mean 0 and variance 1, scaled by `gamma` and shifted by `beta` (Ba and others 2016).
 * Differentiable in `x`, `gamma` and `beta`.
 */
export function normalizeChannels(tf: Tf, x: Tensor, gamma: Tensor1D, beta: Tensor1D, epsilon: number): Tensor {
  const run = tf.customGrad((...args: any[]) => {
    const [input, scale, offset, save] = args as [Tensor, Tensor, Tensor, Save]
    const centred = tf.sub(input, tf.mean(input, 1, true))
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), epsilon))
    const normal = tf.mul(centred, inverse)
    save([normal, inverse, scale])
    return {
      value: tf.add(tf.mul(normal, scale), offset),
      gradFunc: (dy: Tensor, [normal, inverse, scale]: Tensor[]) => {
        const scaled = tf.mul(dy, scale!)
        const along = tf.mul(normal!, tf.mean(tf.mul(scaled, normal!), 1, true))
        const dx = tf.mul(tf.sub(tf.sub(scaled, tf.mean(scaled, 1, true)), along), inverse!)
        return [dx, tf.sum(tf.mul(dy, normal!), 0), tf.sum(dy, 0)]
      },
    }
  })
  const rows = tf.reshape(x, [-1, x.shape.at(-1)!])
  return tf.reshape(run(rows, gamma, beta) as Tensor, x.shape)
}

/**
 * Each group of channels of an item normalised to mean 0 and variance 1 over the positions and channels (Wu and He 2018), scaled by `gamma`
 * and shifted by `beta`, which have a number per channel. Differentiable in `x`, `gamma` and `beta`.
 */
export function normalizeGroups(tf: Tf, x: Tensor, gamma: Tensor1D, beta: Tensor1D, groups: number, epsilon: number): Tensor {
  const [batch, channels] = [x.shape[0]!, x.shape.at(-1)!]
  const positions = x.size / (batch * channels)
  /** Of numbers per item and channel: the mean of the group of each. */
  const overGroup = (values: Tensor): Tensor => {
    if (groups === channels) return values
    const means = tf.mean(tf.reshape(values, [batch, groups, channels / groups]), 2, true)
    return tf.reshape(tf.tile(means, [1, 1, channels / groups]), [batch, 1, channels])
  }
  const run = tf.customGrad((...args: any[]) => {
    const [input, scale, offset, save] = args as [Tensor, Tensor, Tensor, Save]
    const centred = tf.sub(input, overGroup(tf.mean(input, 1, true)))
    const inverse = tf.rsqrt(tf.add(overGroup(tf.mean(tf.square(centred), 1, true)), epsilon))
    save([centred, inverse, scale])
    return {
      value: tf.add(tf.mul(centred, tf.mul(inverse, scale)), offset),
      gradFunc: (dy: Tensor, [centred, inverse, scale]: Tensor[]) => {
        const [sum, product] = [tf.sum(dy, 1, true), tf.sum(tf.mul(dy, centred!), 1, true)]
        const mean = (sums: Tensor) => tf.div(overGroup(tf.mul(sums, scale!)), positions)
        const along = tf.mul(centred!, tf.mul(mean(product), tf.square(inverse!)))
        const dx = tf.mul(tf.sub(tf.sub(tf.mul(dy, scale!), mean(sum)), along), inverse!)
        return [dx, tf.sum(tf.mul(product, inverse!), [0, 1]), tf.sum(sum, [0, 1])]
      },
    }
  })
  return tf.reshape(run(tf.reshape(x, [batch, positions, channels]), gamma, beta) as Tensor, x.shape)
}
