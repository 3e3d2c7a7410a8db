/** The exact gelu, with its gradient in few operations. */
import type { Tensor, Tf } from '../../tf-types.js'

/** x · Φ(x), where Φ is the standard normal distribution (Hendrycks and Gimpel 2016). Differentiable. */
export function gelu(tf: Tf, x: Tensor): Tensor {
  const run = tf.customGrad((...args: any[]) => {
    const [input, save] = args as [Tensor, (tensors: Tensor[]) => void]
    const below = tf.mul(tf.add(tf.erf(tf.mul(input, Math.SQRT1_2)), 1), 0.5)
    save([input, below])
    return {
      value: tf.mul(input, below),
      // Φ(x) + x · φ(x)
      gradFunc: (dy: Tensor, [input, below]: Tensor[]) => {
        const density = tf.exp(tf.mul(tf.square(input!), -0.5))
        const slope = tf.add(tf.mul(tf.mul(density, 1 / Math.sqrt(2 * Math.PI)), input!), below!)
        return tf.mul(dy, slope)
      },
    }
  })
  return run(x) as Tensor
}
