/** The losses that a config may name. BatchFlow: the `loss` key of its models. */
import { number, option } from '../../options/index.js'
import type { Tensor } from '../tf-types.js'
import { mean, type Reduced, reduce, weights } from './define.js'
import { focal } from './focal.js'
import { type LossRow, SMALLEST } from './loss.js'
import { lovasz } from './lovasz.js'
import { ratios } from './ratios.js'

/** Of probabilities, scaled so that they sum to 1 over the last axis, as tfjs's `categoricalCrossentropy` does. */
function crossEntropy(compared: Reduced): Tensor {
  const { tf, targets, outputs } = compared
  const proba = tf.clipByValue(tf.div(outputs, tf.sum(outputs, -1, true)), SMALLEST, 1 - SMALLEST)
  return reduce(compared, tf.neg(tf.sum(tf.mul(targets, tf.log(proba)), -1)))
}

const softmaxCrossEntropy = ({ tf, targets, outputs, reduction }: Reduced): Tensor =>
  tf.losses.softmaxCrossEntropy(targets, outputs, undefined, 0, reduction)

/** The losses by name. In a config: `'dice'`, `['dice', { smooth: 1 }]`, `{ name: 'dice', smooth: 1 }`, or a list of such to add up. */
export const losses = {
  ce: mean({
    summary: 'cross-entropy of one-hot targets and logits',
    on: 'logits',
    comparesClasses: true,
    options: { weights },
    per: 'position',
    values: compared => (compared.outputKind === 'linear' ? softmaxCrossEntropy(compared) : crossEntropy(compared)),
  }),
  bce: mean({
    summary: 'binary cross-entropy of targets in 0 … 1 and logits',
    on: 'logits',
    options: { weights },
    per: 'value',
    values: ({ tf, outputKind, targets, outputs, reduction }) =>
      outputKind === 'linear'
        ? tf.losses.sigmoidCrossEntropy(targets, outputs, undefined, 0, reduction)
        : tf.losses.logLoss(targets, outputs, undefined, SMALLEST, reduction),
  }),
  mse: mean({
    summary: 'mean squared error',
    on: 'predictions',
    options: {},
    per: 'value',
    values: ({ tf, targets, outputs, reduction }) => tf.losses.meanSquaredError(targets, outputs, undefined, reduction),
  }),
  l1: mean({
    summary: 'mean absolute difference',
    on: 'predictions',
    options: {},
    per: 'value',
    values: ({ tf, targets, outputs, reduction }) => tf.losses.absoluteDifference(targets, outputs, undefined, reduction),
  }),
  huber: mean({
    summary: 'Huber loss: squared below a difference, linear above',
    on: 'predictions',
    options: { delta: option('the difference', number({ above: 0 }), { default: 1 }) },
    per: 'value',
    values: ({ tf, targets, outputs, reduction }, { delta }) => tf.losses.huberLoss(targets, outputs, undefined, delta, reduction),
  }),
  hinge: mean({
    summary: 'hinge loss of targets 0 or 1',
    on: 'logits',
    comparesClasses: true,
    options: {},
    per: 'value',
    values: ({ tf, targets, outputs, reduction }) => tf.losses.hingeLoss(targets, outputs, undefined, reduction),
  }),
  logloss: mean({
    summary: 'log loss of targets and probabilities',
    on: 'predictions',
    comparesClasses: true,
    options: {},
    per: 'value',
    values: ({ tf, targets, outputs, reduction }) => tf.losses.logLoss(targets, outputs, undefined, SMALLEST, reduction),
  }),
  cosine: mean({
    summary: 'cosine distance of vectors of length 1',
    on: 'predictions',
    options: {},
    per: 'position',
    values: ({ tf, targets, outputs, reduction }) => tf.losses.cosineDistance(targets, outputs, -1, undefined, reduction),
  }),
  ...ratios,
  focal,
  lovasz,
} as const satisfies Record<string, LossRow>

export type LossName = keyof typeof losses
/** Names of losses; a config may also write other names that they have in BatchFlow and TensorFlow. */
export const lossNames = Object.keys(losses) as LossName[]
