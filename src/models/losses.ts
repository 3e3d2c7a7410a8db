/** The losses that a config may name. Each is a mean over the batch. BatchFlow: the `loss` key of its models. */
import { type OptionType, plainType } from '../options/index.js'
import { simplifyName } from './config/named-options.js'
import type { Scalar, Tensor, Tf } from './tf-types.js'

/** What a loss knows of the network. */
export interface LossContext {
  readonly tf: Tf
  /** What the network returns: plain numbers, or probabilities by softmax or sigmoid. */
  readonly outputKind: 'linear' | 'softmax' | 'sigmoid'
}

export interface Loss {
  readonly summary: string
  /** `logits` if it takes the network's own output, `predictions` if it takes the result of the config's `predictions`. */
  readonly on: 'logits' | 'predictions'
  readonly compute: (targets: Tensor, outputs: Tensor, context: LossContext) => Scalar
}

const SMALLEST = 1e-7

/** Of probabilities, scaled so that they sum to 1 over the last axis, as tfjs's `categoricalCrossentropy` does. */
function crossEntropy(tf: Tf, targets: Tensor, outputs: Tensor): Scalar {
  const proba = tf.clipByValue(tf.div(outputs, tf.sum(outputs, -1, true)), SMALLEST, 1 - SMALLEST)
  return tf.mean(tf.neg(tf.sum(tf.mul(targets, tf.log(proba)), -1)))
}

export const losses = {
  ce: {
    summary: 'cross-entropy of one-hot targets and logits',
    on: 'logits',
    compute: (targets, outputs, { tf, outputKind }) =>
      outputKind === 'linear' ? tf.losses.softmaxCrossEntropy(targets, outputs) : crossEntropy(tf, targets, outputs),
  },
  bce: {
    summary: 'binary cross-entropy of targets in 0 … 1 and logits',
    on: 'logits',
    compute: (targets, outputs, { tf, outputKind }) =>
      outputKind === 'linear' ? tf.losses.sigmoidCrossEntropy(targets, outputs) : tf.losses.logLoss(targets, outputs),
  },
  mse: {
    summary: 'mean squared error',
    on: 'predictions',
    compute: (targets, outputs, { tf }) => tf.losses.meanSquaredError(targets, outputs),
  },
  l1: {
    summary: 'mean absolute difference',
    on: 'predictions',
    compute: (targets, outputs, { tf }) => tf.losses.absoluteDifference(targets, outputs),
  },
  huber: {
    summary: 'Huber loss, squared below a difference of 1',
    on: 'predictions',
    compute: (targets, outputs, { tf }) => tf.losses.huberLoss(targets, outputs),
  },
  hinge: {
    summary: 'hinge loss of targets 0 or 1',
    on: 'logits',
    compute: (targets, outputs, { tf }) => tf.losses.hingeLoss(targets, outputs),
  },
  logloss: {
    summary: 'log loss of targets and probabilities',
    on: 'predictions',
    compute: (targets, outputs, { tf }) => tf.losses.logLoss(targets, outputs),
  },
  cosine: {
    summary: 'cosine distance of vectors of length 1',
    on: 'predictions',
    compute: (targets, outputs, { tf }) => tf.losses.cosineDistance(targets, outputs, -1),
  },
} as const satisfies Record<string, Loss>

export type LossName = keyof typeof losses
/** Names of losses; a config may also write other names that they have in BatchFlow and TensorFlow. */
export const lossNames = Object.keys(losses) as LossName[]

const aliases = {
  cross_entropy: 'ce',
  softmax_cross_entropy: 'ce',
  binary_cross_entropy: 'bce',
  sigmoid_cross_entropy: 'bce',
  mean_squared_error: 'mse',
  absolute_difference: 'l1',
  cos: 'cosine',
  cosine_distance: 'cosine',
  hinge_loss: 'hinge',
  huber_loss: 'huber',
  log_loss: 'logloss',
} as const satisfies Record<string, LossName>

const nameOf = new Map(
  [...lossNames.map(name => [name, name] as const), ...Object.entries(aliases)].map(([key, name]) => [simplifyName(key), name]),
)

/** A loss by its name. Letter case and `-`, `_`, blanks do not matter. */
export const lossChoice: OptionType<LossName, LossName | keyof typeof aliases> = plainType({
  allowed: lossNames.join(', '),
  names: lossNames,
  schema: { enum: [...lossNames, ...Object.keys(aliases)] },
  test: value => typeof value === 'string' && nameOf.has(simplifyName(value)),
  fill: (value: string) => nameOf.get(simplifyName(value))!,
})
