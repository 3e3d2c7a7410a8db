/** Focal loss (Lin and others, 2017, https://arxiv.org/abs/1708.02002): cross-entropy in which what is right already weighs little. */
import { nullable, number, option } from '../../options/index.js'
import type { Tensor } from '../tf-types.js'
import { activation, type Compared, isSoftmax, mean, reduce, weights } from './define.js'
import { SMALLEST } from './loss.js'

const share = number({ min: 0, max: 1 })

/** (1 − probability)^gamma; at 1 it keeps a finite slope. */
function modulation({ tf }: Compared, missing: Tensor, gamma: number): Tensor {
  return tf.pow(tf.clipByValue(missing, SMALLEST, 1), gamma)
}

/** −log of the probability of the class that is right, times its modulation. */
function ofClasses(compared: Compared, gamma: number, alpha: number | null): Tensor {
  const { tf, targets, outputs, outputKind } = compared
  const logs = outputKind === 'linear' ? tf.logSoftmax(outputs) : tf.log(tf.clipByValue(outputs, SMALLEST, 1))
  const losses = tf.mul(targets, tf.neg(logs))
  const each = gamma === 0 ? losses : tf.mul(modulation(compared, tf.sub(1, tf.exp(logs)), gamma), losses)
  const sums = tf.sum(each, -1)
  return alpha === null ? sums : tf.mul(alpha, sums)
}

/** The same for each output by itself: targets of 1 weigh alpha, those of 0 weigh 1 − alpha. */
function ofOutputs(compared: Compared, gamma: number, alpha: number | null): Tensor {
  const { tf, targets, outputs, outputKind } = compared
  const isLinear = outputKind === 'linear'
  const p = isLinear ? tf.sigmoid(outputs) : tf.clipByValue(outputs, SMALLEST, 1 - SMALLEST)
  const others = tf.sub(1, targets)
  const losses = isLinear
    ? tf.losses.sigmoidCrossEntropy(targets, outputs, undefined, 0, tf.Reduction.NONE)
    : tf.neg(tf.add(tf.mul(targets, tf.log(p)), tf.mul(others, tf.log(tf.sub(1, p)))))
  const missing = tf.add(tf.mul(targets, tf.sub(1, p)), tf.mul(others, p))
  const each = gamma === 0 ? losses : tf.mul(modulation(compared, missing, gamma), losses)
  return alpha === null ? each : tf.mul(tf.add(tf.mul(targets, alpha), tf.mul(others, 1 - alpha)), each)
}

export const focal = mean({
  summary: 'focal loss: cross-entropy in which sure and right predictions weigh little (Lin and others, 2017)',
  on: 'logits',
  comparesClasses: true,
  options: {
    gamma: option('how fast the weight of a probability falls as it rises: (1 − probability)^gamma', number({ min: 0 }), { default: 2 }),
    alpha: option('sigmoid: what targets of 1 weigh, those of 0 weigh 1 − alpha; softmax: what all weigh', nullable(share, 'for 1'), {
      default: null,
    }),
    weights,
    activation,
  },
  per: (targets, { outputKind }, { activation }) => (isSoftmax(targets, outputKind, activation) ? 'position' : 'value'),
  values: (compared, { gamma, alpha, activation }) => {
    const of = isSoftmax(compared.outputs, compared.outputKind, activation) ? ofClasses : ofOutputs
    return reduce(compared, of(compared, gamma, alpha))
  },
})
