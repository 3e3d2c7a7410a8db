/** Losses that are ratios of areas: how well the probabilities of each class cover its targets, over the batch and all positions. */
import { number, option } from '../../options/index.js'
import type { Tensor } from '../tf-types.js'
import { activation, type Compared, meanOfClasses, probabilitiesOf, weights } from './define.js'
import { SMALLEST } from './loss.js'

const atLeast0 = number({ min: 0 })
const shared = {
  smooth: option('added to the numerator and the denominator', number({ above: 0 }), { default: SMALLEST }),
  weights,
  activation,
}

/** The sums of a class: of its targets, of its probabilities, and of their products. */
interface Areas {
  readonly known: Tensor
  readonly found: Tensor
  readonly both: Tensor
}

type Chosen = { readonly smooth: number; readonly activation: 'softmax' | 'sigmoid' | null }

/** 1 − (numerator + smooth) / (denominator + smooth), one per class. */
function oneMinusRatio(
  compared: Compared,
  { smooth, activation }: Chosen,
  parts: (areas: Areas) => readonly [numerator: Tensor, denominator: Tensor],
): { readonly values: Tensor } {
  const { tf, targets, counts } = compared
  const axes = targets.shape.slice(0, -1).map((_, axis) => axis)
  const probabilities = probabilitiesOf(compared, activation)
  const counted = (values: Tensor) => (counts ? tf.mul(values, counts) : values)
  const [t, p] = [counted(targets), counted(probabilities)]
  const [numerator, denominator] = parts({ known: tf.sum(t, axes), found: tf.sum(p, axes), both: tf.sum(tf.mul(t, p), axes) })
  return { values: tf.sub(1, tf.div(tf.add(numerator, smooth), tf.add(denominator, smooth))) }
}

export const ratios = {
  dice: meanOfClasses({
    summary: '1 − Dice coefficient of each class over the batch (Milletari and others, 2016)',
    options: shared,
    perClass: (compared, chosen) => {
      const { tf } = compared
      return oneMinusRatio(compared, chosen, ({ known, found, both }) => [tf.mul(2, both), tf.add(known, found)])
    },
  }),
  jaccard: meanOfClasses({
    summary: '1 − intersection over union of each class over the batch (Rahman and Wang, 2016)',
    options: shared,
    perClass: (compared, chosen) => {
      const { tf } = compared
      return oneMinusRatio(compared, chosen, ({ known, found, both }) => [both, tf.sub(tf.add(known, found), both)])
    },
  }),
  tversky: meanOfClasses({
    summary: '1 − Tversky index of each class over the batch (Salehi and others, 2017)',
    options: {
      alpha: option('what a false positive weighs', atLeast0, { default: 0.3 }),
      beta: option('what a false negative weighs', atLeast0, { default: 0.7 }),
      ...shared,
    },
    perClass: (compared, { alpha, beta, ...chosen }) => {
      const { tf } = compared
      return oneMinusRatio(compared, chosen, ({ known, found, both }) => [
        both,
        tf.addN([both, tf.mul(alpha, tf.sub(found, both)), tf.mul(beta, tf.sub(known, both))]),
      ])
    },
  }),
}
