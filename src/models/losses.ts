/** The losses a config may name. Each is a mean over the batch. BatchFlow: the `loss` key of its models. */
import type { Scalar, Tensor, Tf } from './tf-types.js'

/** What a loss is told of the network. */
export interface LossContext {
  readonly tf: Tf
  /** What the network's last layer gives: plain numbers, or probabilities by softmax or sigmoid. */
  readonly outputKind: 'linear' | 'softmax' | 'sigmoid'
}

export interface Loss {
  readonly summary: string
  /** Whether it takes the network's own output, or what the config's `predictions` makes of it. */
  readonly on: 'logits' | 'predictions'
  readonly compute: (targets: Tensor, outputs: Tensor, context: LossContext) => Scalar
}

const SMALLEST = 1e-7

export const losses = {
  ce: {
    summary: 'cross-entropy of one-hot targets and logits',
    on: 'logits',
    compute: (targets, outputs, { tf, outputKind }) =>
      outputKind === 'softmax'
        ? tf.mean(tf.neg(tf.sum(tf.mul(targets, tf.log(tf.clipByValue(outputs, SMALLEST, 1))), -1)))
        : tf.losses.softmaxCrossEntropy(targets, outputs),
  },
  bce: {
    summary: 'binary cross-entropy of targets in 0 … 1 and logits',
    on: 'logits',
    compute: (targets, outputs, { tf, outputKind }) =>
      outputKind === 'sigmoid' ? tf.losses.logLoss(targets, outputs) : tf.losses.sigmoidCrossEntropy(targets, outputs),
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
/**
 * Names of losses; a config may also write `cross_entropy`, `absolute_difference`, `mean_squared_error`, `binary_cross_entropy`, `cos`, and
 * the names of `tf.losses`: `softmax_cross_entropy`, `sigmoid_cross_entropy`, `cosine_distance`, `hinge_loss`, `huber_loss`, `log_loss`.
 */
export const lossNames = Object.keys(losses) as LossName[]

const aliases: Readonly<Record<string, LossName>> = {
  crossentropy: 'ce',
  softmaxcrossentropy: 'ce',
  binarycrossentropy: 'bce',
  sigmoidcrossentropy: 'bce',
  meansquarederror: 'mse',
  absolutedifference: 'l1',
  cos: 'cosine',
  cosinedistance: 'cosine',
  hingeloss: 'hinge',
  huberloss: 'huber',
}

/** The row a loss name stands for; letter case and `-`, `_`, blanks do not matter. Undefined for an unknown name. */
export function lossName(written: unknown): LossName | undefined {
  if (typeof written !== 'string') return undefined
  const name = written.toLowerCase().replace(/[-_ ]/g, '')
  return Object.hasOwn(losses, name) ? (name as LossName) : Object.hasOwn(aliases, name) ? aliases[name] : undefined
}
