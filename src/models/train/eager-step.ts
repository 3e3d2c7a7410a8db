/** The training step by tfjs, operation by operation: the reference, and the engine of every tfjs backend. */
import { fail } from '../../errors/index.js'
import { type DType, NdArray, type TypedArray } from '../../util/nd-array.js'
import type { FetchValue } from '../model-types.js'
import type { Tensor } from '../tf-types.js'
import { forward, type TensorFeed } from './forward.js'
import { keptVariables, type Network, trainedVariables } from './network.js'
import type { Fed, TrainStep } from './train-step.js'

export function createEagerStep(network: Network): TrainStep {
  return {
    train: async (fed, fetches) => trainOnce(network, fed, fetches),
    predict: async (fed, fetches) => {
      let values: readonly FetchValue[] = []
      // Not the result of `tidy`: it would search the arrays for tensors, element by element.
      network.tf.tidy(() => {
        values = forward(network, toTensors(network, fed), fetches, false).map(readValue)
      })
      return values
    },
    settle: async () => undefined,
    dispose: () => undefined,
  }
}

function trainOnce(network: Network, fed: Fed, fetches: readonly string[]): readonly FetchValue[] {
  const { tf } = network
  let result: readonly FetchValue[] = []
  tf.tidy(() => {
    const before = keptVariables(network).map(variable => tf.clone(variable))
    const { loss, gradients, values } = computeGradients(network, toTensors(network, fed), fetches)
    if (!Number.isFinite(loss)) {
      for (const [i, variable] of keptVariables(network).entries()) variable.assign(before[i]!)
      fail('loss-not-finite', { model: network.name, step: network.clock.step + 1, loss })
    }
    network.optimizer.applyGradients(gradients)
    network.clock.step++
    result = values
  })
  return result
}

export interface Gradients {
  readonly loss: number
  /** By variable name; the caller disposes them. */
  readonly gradients: Record<string, Tensor>
  /** The fetched values, of the pass that gave the loss. */
  readonly values: readonly FetchValue[]
}

/** Loss, gradients and fetched values of one pass in training mode. Moving averages are updated. */
export function computeGradients(network: Network, feed: TensorFeed, fetches: readonly string[]): Gradients {
  const { tf } = network
  let values: readonly FetchValue[] = []
  const { value, grads } = tf.variableGrads(() => {
    const [loss, ...fetched] = forward(network, feed, ['loss', ...fetches], true)
    values = fetched.map(readValue)
    return loss as never
  }, trainedVariables(network))
  const gradients = Object.fromEntries(Object.entries(grads).filter(([, gradient]) => gradient !== null))
  return { loss: value.dataSync()[0]!, gradients, values }
}

/** Feeds as tensors of the types the network takes. */
export function toTensors({ tf, inputs }: Network, fed: Fed): TensorFeed {
  const tensors = new Map<string, Tensor>()
  for (const [name, array] of fed) {
    const isLabels = name === inputs.target?.name && inputs.target.classes !== undefined && array.shape.length === 1
    const type: DType = isLabels ? 'int32' : 'float32'
    tensors.set(name, tf.tensor((array.dtype === type ? array : array.cast(type)).data as Float32Array, [...array.shape], type))
  }
  return tensors
}

function readValue(tensor: Tensor): FetchValue {
  const data = tensor.dataSync() as TypedArray
  return tensor.rank === 0 ? data[0]! : new NdArray(data, [...tensor.shape])
}
