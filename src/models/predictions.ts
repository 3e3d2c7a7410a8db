/** What can be made of the logits: the config's `predictions`, and names to fetch. */
import type { Tensor, Tf } from './tf-types.js'

export const predictions = {
  proba: (outputs: Tensor, tf: Tf): Tensor => tf.softmax(outputs),
  sigmoid: (outputs: Tensor, tf: Tf): Tensor => tf.sigmoid(outputs),
  labels: (outputs: Tensor, tf: Tf): Tensor => tf.argMax(outputs, -1),
} as const

export type PredictionName = keyof typeof predictions
export const predictionNames = Object.keys(predictions) as PredictionName[]

/** Names every model gives beside its blocks and layers. */
export const valueNames = ['loss', 'predictions', 'proba', 'labels', 'accuracy'] as const
export type ValueName = (typeof valueNames)[number]
