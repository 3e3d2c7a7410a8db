/** A network ready to be trained by an engine: tfjs's model, its loss and optimizers, and the names of its values. */
import type { Clock } from '../build/stateless-draws.js'
import type { InputSpec, InputsSpec } from '../config/inputs.js'
import type { Loss } from '../losses/index.js'
import type { PenaltySpec } from '../plan/plan.js'
import type { PredictionName } from '../predictions.js'
import type { LayersModel, SymbolicTensor, Tf, Variable } from '../tf-types.js'
import type { Clipping } from './clip-gradients.js'
import type { Updater, UpdaterGroup } from './updater.js'

/** One of several outputs that are trained together. */
export interface Head {
  readonly name: string
  /** Losses that are added up. */
  readonly loss: readonly Loss[]
  readonly outputKind: Network['outputKind']
  readonly target: InputSpec
}

/** A term of the loss, and the values that it is computed from. */
export interface NetworkPenalty {
  readonly spec: PenaltySpec
  readonly inputs: readonly SymbolicTensor[]
}

/** Its own optimizer updates the weights of no group. */
export interface Network extends Updater {
  readonly name: string
  readonly tf: Tf
  readonly layersModel: LayersModel
  readonly inputs: InputsSpec
  /** Its outputs, if several are trained; the loss is the sum of theirs. */
  readonly heads?: readonly Head[]
  /** The losses of its first output, which are added up; undefined for a network that only predicts. */
  readonly loss: readonly Loss[] | undefined
  /** What is added to the loss, from values of inner layers. */
  readonly penalties?: readonly NetworkPenalty[]
  /** Variables with an optimizer of their own. */
  readonly groups: readonly UpdaterGroup[]
  /** Names of the variables that the config does not train. */
  readonly frozen: ReadonlySet<string>
  /** The paths of weights by the names of their variables: `head/dense/kernel`. */
  readonly weightPaths: ReadonlyMap<string, string>
  readonly clipping: Clipping | undefined
  /** The maximum number of items computed at a time; undefined for whole batches. */
  readonly microbatchSize: number | undefined
  /** The output of its last layer. */
  readonly outputKind: 'linear' | 'softmax' | 'sigmoid'
  /** The output of `predictions`; undefined for the last layer's own values. */
  readonly predictions: PredictionName | undefined
  /** Blocks and layers that can be fetched. */
  readonly outputs: ReadonlyMap<string, SymbolicTensor>
  /** False if a program has defined a part of it (layers, loss, optimizer), which may draw numbers in JavaScript. */
  readonly isPure: boolean
  /** The seed of what tfjs's layers draw in training (dropout, noise), where they have none of their own. */
  readonly drawSeed: number
  /** Steps done; layers with random draws read it. */
  readonly clock: Clock
}

/** The outputs that are trained: several, or the first one. */
export function headsOf({ name, heads, loss, outputKind, inputs: { target } }: Network): readonly Head[] {
  return heads ?? (loss && target ? [{ name, loss, outputKind, target }] : [])
}

/** Variables that the loss is minimised over in the next step, in the layers' order. */
export function trainedVariables({ layersModel, frozen, groups, clock }: Network): Variable[] {
  const ended = groups.filter(({ frozenFrom }) => clock.step >= frozenFrom)
  const isTrained = ({ name }: Variable) => !frozen.has(name) && !ended.some(({ variables }) => variables.has(name))
  return variablesOf(layersModel.trainableWeights).filter(isTrained)
}

/** Variables that training changes by other means: moving averages. */
export function keptVariables({ layersModel }: Network): Variable[] {
  return variablesOf(layersModel.nonTrainableWeights)
}

/** Each once: a layer may be in several nested models. (tfjs's `fit` updates it once for each of them.) */
function variablesOf(weights: readonly unknown[]): Variable[] {
  return [...new Set(weights.map(toVariable))]
}

/** The variable of a weight: tfjs-layers keeps it in a field of its wrapper. */
export function toVariable(weight: unknown): Variable {
  return (weight as { readonly val: Variable }).val
}
