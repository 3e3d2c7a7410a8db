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
 * The norms that clipping compares with its limit, by name: of each variable's gradient, or of all together. They overflow where the
 * gradients are finite but their squares are not.
 */
export function normsOf(tf: Tf, gradients: Readonly<Record<string, Tensor>>, clipping: Clipping): Readonly<Record<string, Tensor>> {
  const norm = (tensors: readonly Tensor[]) => tf.sqrt(tf.addN(tensors.map(tensor => tf.sum(tf.square(tensor)))))
  if ('value' in clipping) return {}
  if ('norm' in clipping) return { 'all variables': norm(Object.values(gradients)) }
  return Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, norm([gradient])]))
}

/**
 * The clipped gradients, by the same names. With a norm they are multiplied by min(1, limit / (norm + 1e-6)), as `clip_grad_norm_` of
 * PyTorch does (Pascanu, Mikolov, Bengio 2013, https://arxiv.org/abs/1211.5063). Reads no values. Call it within `tf.tidy`.
 *
 * @example
 * clipGradients(tf, { w: tf.tensor1d([3, 4]) }, { norm: 1 }) // { w: [0.6, 0.8] }
 */
export function clipGradients(
  tf: Tf,
  gradients: Readonly<Record<string, Tensor>>,
  clipping: Clipping,
  norms = normsOf(tf, gradients, clipping),
): Record<string, Tensor> {
  const each = (change: (gradient: Tensor, name: string) => Tensor) =>
    Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, change(gradient, name)]))
  if ('value' in clipping) return each(gradient => tf.clipByValue(gradient, -clipping.value, clipping.value))
  const scaleOf = (norm: Tensor, limit: number) => tf.minimum(tf.div(limit, tf.add(norm, SMALLEST)), 1)
  if ('variableNorm' in clipping) return each((gradient, name) => tf.mul(gradient, scaleOf(norms[name]!, clipping.variableNorm)))
  const scale = scaleOf(Object.values(norms)[0]!, clipping.norm)
  return each(gradient => tf.mul(gradient, scale))
}
