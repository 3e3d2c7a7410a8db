/** Tokens, and attention between positions. */
import type { Tensor, Tf } from '../../tf-types.js'
import type { OwnLayer } from './own-layer.js'

const learned = { type: 'truncated_normal', stddev: 0.02 } as const

/** Positions as a list (Dosovitskiy and others 2021). The class token starts at zero. */
export const tokens: OwnLayer<'tokens'> = {
  className: 'Tokens',
  type: 'tokens',
  keys: ['classToken', 'position'],
  initial: () => ({ positions: learned }),
  call: ({ tf, inputs: [x], weights: { class_token, positions } }) => {
    const [batch, channels] = [x.shape[0]!, x.shape.at(-1)!]
    const list = tf.reshape(x, [batch, -1, channels])
    const first = class_token && tf.tile(tf.reshape(class_token, [1, 1, channels]), [batch, 1, 1])
    const all = first ? tf.concat([first, list], 1) : list
    return positions ? tf.add(all, positions) : all
  },
}

export const token: OwnLayer<'token'> = {
  className: 'Token',
  type: 'token',
  keys: ['index'],
  call: ({ tf, spec, inputs: [x] }) => {
    const [batch, , channels] = x.shape as [number, number, number]
    return tf.reshape(tf.slice(x, [0, spec.index, 0], [batch, 1, channels]), [batch, channels])
  },
}

/**
 * softmax(q·kᵀ / √width)·v for each head (Vaswani and others 2017). With relative positions (Shaw and others 2018; Bello and others 2019)
 * each axis adds the product of the query with a learned vector for the distance to the key.
 */
export const attention: OwnLayer<'attention'> = {
  className: 'SelfAttention',
  type: 'attention',
  keys: ['heads', 'position'],
  initial: () => ({ relative_0: learned, relative_1: learned, relative_2: learned }),
  call: ({ tf, spec: { heads }, inputs: [x], weights }) => {
    const [batch, ...axes] = x.shape.slice(0, -1) as number[]
    const channels = x.shape.at(-1)! / 3
    const width = channels / heads
    const count = axes.reduce((product, length) => product * length, 1)
    const parts = tf.transpose(tf.reshape(x, [batch!, count, 3, heads, width]), [2, 0, 3, 1, 4])
    const [queries, keys, values] = tf.unstack(tf.reshape(parts, [3, batch! * heads, count, width])) as [Tensor, Tensor, Tensor]
    const scaled = tf.mul(queries, 1 / Math.sqrt(width))
    const scores = axes.reduce<Tensor>(
      (sum, _, axis) => {
        const vectors = weights[`relative_${axis}`]
        return vectors ? addDistances(tf, sum, scaled, vectors, axes, axis) : sum
      },
      tf.matMul(scaled, keys, false, true),
    )
    const mixed = tf.matMul(tf.softmax(scores), values)
    const together = tf.transpose(tf.reshape(mixed, [batch!, heads, count, width]), [0, 2, 1, 3])
    return tf.reshape(together, [batch!, ...axes, channels])
  },
}

/** queries·(keysᵀ·values / n): no scores of each position with each other (Wang and others 2019). */
export const linearAttention: OwnLayer<'linearAttention'> = {
  className: 'LinearAttention',
  type: 'linearAttention',
  keys: [],
  call: ({ tf, inputs }) => {
    const [queries, keys, values] = inputs.map(x => tf.reshape(x, [x.shape[0]!, -1, x.shape.at(-1)!])) as [Tensor, Tensor, Tensor]
    const means = tf.mul(tf.matMul(keys, values, true), 1 / keys.shape[1]!)
    return tf.reshape(tf.matMul(queries, means), inputs[2]!.shape)
  },
}

/** The scores `[lists, queries, keys]` and, for each key, the product of the query with the vector of their distance along an axis. */
function addDistances(tf: Tf, scores: Tensor, queries: Tensor, vectors: Tensor, axes: readonly number[], axis: number): Tensor {
  const [lists, count, width] = queries.shape as [number, number, number]
  const length = axes[axis]!
  const before = lists * axes.slice(0, axis).reduce((product, n) => product * n, 1)
  const after = axes.slice(axis + 1).reduce((product, n) => product * n, 1)
  const distances = Int32Array.from({ length: length * length }, (_, i) => (i % length) - Math.floor(i / length) + length - 1)
  const table = tf.reshape(tf.gather(vectors, tf.tensor1d(distances, 'int32')), [length, length, width])
  const ordered = tf.transpose(tf.reshape(queries, [before, length, after, width]), [1, 0, 2, 3])
  const products = tf.matMul(tf.reshape(ordered, [length, before * after, width]), table, false, true)
  const placed = tf.transpose(tf.reshape(products, [length, before, after, length]), [1, 0, 2, 3])
  const keyAxes = axes.map((_, i) => (i === axis ? length : 1))
  const sum = tf.add(tf.reshape(scores, [lists * count, ...axes]), tf.reshape(placed, [lists * count, ...keyAxes]))
  return tf.reshape(sum, scores.shape)
}
