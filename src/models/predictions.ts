/** What can be computed from the logits: the config's `predictions`, and names to fetch. */
import { type InputsSpec, targetsOf } from './config/inputs.js'
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

/** Those of a network; of several outputs, the first one's, and the loss of each. */
export function listValueNames(inputs: InputsSpec): readonly string[] {
  const { target, moreTargets } = inputs
  const values = target?.classes ? valueNames : valueNames.filter(name => name !== 'accuracy')
  const ofInputs = [...inputs.data, ...targetsOf(inputs)].map(({ name }) => inputName(name))
  const names = [...values, ...(inputs.data.length === 1 ? [INPUTS] : []), ...ofInputs]
  return moreTargets ? [...names, ...targetsOf(inputs).map(({ name }) => lossName(name))] : names
}

/** The name of what the network takes, if that is one thing. */
export const INPUTS = 'inputs'

/** The name of what an input becomes: data as they enter the network, targets as the loss takes them. */
export const inputName = (input: string) => `${INPUTS}/${input}`

/** The name of an output's own loss. */
export const lossName = (output: string) => `${output}/loss`
