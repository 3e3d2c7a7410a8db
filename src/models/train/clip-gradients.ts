/** Gradient clipping as a function of tensors. BatchFlow: `gradient_clipping`. */
import type { Tensor, Tf } from '../tf-types.js'

/** How gradients are clipped: one of three ways. */
export type Clipping =
  /** All gradients are scaled down together so that their common norm is at most this. */
  | { readonly norm: number }
  /** Gradients of each variable are scaled down so that their norm is at most this. */
  | { readonly variableNorm: number }
  /** Each number is clipped to ±this. */
  | { readonly value: number }

/** Added to a norm before it divides, as in PyTorch. */
const SMALLEST = 1e-6

/**
 * The clipped gradients, by the same names. With a norm they are multiplied by min(1, limit / (norm + 1e-6)), as `clip_grad_norm_` of
 * PyTorch does (Pascanu, Mikolov, Bengio 2013, https://arxiv.org/abs/1211.5063). Reads no values. Call it within `tf.tidy`.
 *
 * @example
 * clipGradients(tf, { w: tf.tensor1d([3, 4]) }, { norm: 1 }) // { w: [0.6, 0.8] }
 */
export function clipGradients(tf: Tf, gradients: Readonly<Record<string, Tensor>>, clipping: Clipping): Record<string, Tensor> {
  const each = (change: (gradient: Tensor) => Tensor) =>
    Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, change(gradient)]))
  if ('value' in clipping) return each(gradient => tf.clipByValue(gradient, -clipping.value, clipping.value))
  const scaleOf = (tensors: readonly Tensor[], limit: number) => {
    const norm = tf.sqrt(tf.addN(tensors.map(tensor => tf.sum(tf.square(tensor)))))
    return tf.minimum(tf.div(limit, tf.add(norm, SMALLEST)), 1)
  }
  if ('variableNorm' in clipping) return each(gradient => tf.mul(gradient, scaleOf([gradient], clipping.variableNorm)))
  const scale = scaleOf(Object.values(gradients), clipping.norm)
  return each(gradient => tf.mul(gradient, scale))
}
