/** What can be computed from the logits: the config's `predictions`, and names to fetch. */
import type { InputsSpec } from './config/inputs.js'
import type { Tensor, Tf } from './tf-types.js'

export const predictions = {
  proba: (outputs: Tensor, tf: Tf): Tensor => tf.softmax(outputs),
  sigmoid: (outputs: Tensor, tf: Tf): Tensor => tf.sigmoid(outputs),
  labels: (outputs: Tensor, tf: Tf): Tensor => tf.argMax(outputs, -1),
} as const

export type PredictionName = keyof typeof predictions
export const predictionNames = Object.keys(predictions) as PredictionName[]

/** Names that a model provides besides its blocks and layers; `accuracy` needs targets with classes. */
const valueNames = ['loss', 'predictions', 'proba', 'sigmoid', 'labels', 'accuracy'] as const
export type ValueName = (typeof valueNames)[number]

export function listValueNames({ target }: InputsSpec): readonly ValueName[] {
  return target?.classes ? valueNames : valueNames.filter(name => name !== 'accuracy')
}
