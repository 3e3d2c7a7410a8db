/** The training step by tfjs, operation by operation: the reference, and the engine of every tfjs backend. */
import { fail } from '../../errors/index.js'
import { replaceMethods, restoreAll } from '../../graph/record/hooks.js'
import { seedDraws } from '../../graph/seeded-draws.js'
import { type DType, NdArray, type TypedArray } from '../../util/nd-array.js'
import { deriveSeed, uniformAt } from '../../util/seeds.js'
import { targetsOf } from '../config/inputs.js'
import type { FetchValue } from '../model-types.js'
import type { Tensor } from '../tf-types.js'
import { forward, type TensorFeed } from './forward.js'
import { keptVariables, type Network } from './network.js'
import type { Fed, TrainStep } from './train-step.js'
import { applyGradients, trainingStep } from './training-step.js'

export function createEagerStep(network: Network): TrainStep {
  return {
    train: async (fed, fetches) => trainOnce(network, fed, fetches),
    predict: async (fed, fetches) => {
      let values: readonly FetchValue[] = []
      // Not the result of `tidy`: it would search the arrays for tensors, element by element.
      network.tf.tidy(() => {
        values = withDraws(network, () => forward(network, toTensors(network, fed), fetches, false)).map(readValue)
      })
      return values
    },
    settle: async () => undefined,
    dispose: () => undefined,
  }
}

function trainOnce(network: Network, fed: Fed, fetches: readonly string[]): readonly FetchValue[] {
  const { tf, clock, name } = network
  let result: readonly FetchValue[] = []
  tf.tidy(() => {
    const kept = keptVariables(network)
    const before = kept.map(variable => tf.clone(variable))
    const { loss, gradients, values } = withDraws(network, () => trainingStep(network, toTensors(network, fed), fetches))
    const [value] = loss.dataSync() as Float32Array
    if (!Number.isFinite(value)) {
      for (const [i, variable] of kept.entries()) variable.assign(before[i]!)
      fail('loss-not-finite', { model: name, step: clock.step + 1, loss: value! })
    }
    applyGradients(network, gradients)
    clock.step++
    result = values.map(readValue)
  })
  return result
}

/** Draws of layers, `Math.random` included, are functions of the network's seed, the step and their place in it. */
function withDraws<T>({ drawSeed, clock }: Network, work: () => T): T {
  let draws = 0
  const next = () => (deriveSeed(drawSeed, clock.step, draws++) % 2 ** 31) + 1
  const restores = [seedDraws(next), replaceMethods(Math, { random: () => uniformAt(next(), 0) })]
  try {
    return work()
  } finally {
    restoreAll(restores)
  }
}

/** Feeds as tensors of the types the network takes. */
export function toTensors({ tf, inputs }: Network, fed: Fed): TensorFeed {
  const tensors = new Map<string, Tensor>()
  for (const [name, array] of fed) {
    const target = targetsOf(inputs).find(target => target.name === name)
    const isLabels = target?.classes !== undefined && array.shape.length === 1
    const type: DType = isLabels ? 'int32' : 'float32'
    tensors.set(name, tf.tensor((array.dtype === type ? array : array.cast(type)).data as Float32Array, [...array.shape], type))
  }
  return tensors
}

/** Reads a value from its tensor. */
export function readValue(tensor: Tensor): FetchValue {
  const data = tensor.dataSync() as TypedArray
  return tensor.rank === 0 ? data[0]! : new NdArray(data, [...tensor.shape])
}
