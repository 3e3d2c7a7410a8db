/** Where the random layers of a network draw from. */
import type { Tensor, Tf } from '../../tf-types.js'
import { type Clock, drawNormal, drawUniform } from '../stateless-draws.js'

export interface Draws {
  /** Numbers in [0, 1). */
  uniform(shape: readonly number[]): Tensor
  /** One number in [0, 1) per step, the same for all parts of a batch, with this many axes. */
  uniformOfStep(axes: number): Tensor
  /** Numbers of the standard normal distribution. */
  normal(shape: readonly number[]): Tensor
}

/** Draws that are functions of a seed and the clock. */
export function statelessDraws(tf: Tf, seed: number, clock: Clock): Draws {
  return {
    uniform: shape => drawUniform(tf, shape, seed, clock),
    uniformOfStep: axes => drawUniform(tf, Array<number>(axes).fill(1), seed, { step: clock.step, tensor: clock.tensor }),
    normal: shape => drawNormal(tf, shape, seed, clock),
  }
}

/** tfjs's own draws, for layers that it has loaded. */
export function stockDraws(tf: Tf): Draws {
  return {
    uniform: shape => tf.randomUniform([...shape]),
    uniformOfStep: axes => tf.randomUniform(Array<number>(axes).fill(1)),
    normal: shape => tf.randomNormal([...shape]),
  }
}
