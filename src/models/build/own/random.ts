/** Layers that draw in training. */
import type { OwnLayer } from './own-layer.js'

/** Stochastic depth (Huang and others 2016): items, or the whole batch, are dropped. */
export const dropPath: OwnLayer<'dropPath'> = {
  className: 'DropPath',
  type: 'dropPath',
  keys: ['rate', 'mode', 'scale'],
  call: ({ tf, spec, inputs: [x], training, draws }) => {
    const { rate, mode, scale } = spec
    const survival = 1 - rate
    if (rate === 0) return tf.clone(x)
    if (!training) return scale === 'inference' ? tf.mul(x, survival) : tf.clone(x)
    const uniform = mode === 'batch' ? draws.uniformOfStep(x.rank) : draws.uniform(x.shape.map((length, axis) => (axis === 0 ? length : 1)))
    const mask = tf.floor(tf.add(uniform, survival))
    return tf.mul(x, scale === 'training' ? tf.div(mask, survival) : mask)
  },
}

/** A sample of a normal distribution in training, its mean in inference (Kingma and Welling 2014). */
export const gaussian: OwnLayer<'gaussian'> = {
  className: 'GaussianSample',
  type: 'gaussian',
  keys: [],
  call: ({ tf, inputs: [mean, logVariance], training, draws }) => {
    if (!training) return tf.clone(mean)
    return tf.add(mean, tf.mul(tf.exp(tf.div(logVariance!, 2)), draws.normal(mean.shape)))
  },
}
