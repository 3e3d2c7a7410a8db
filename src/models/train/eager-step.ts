/** The training step by tfjs, operation by operation: the reference, and the engine of every tfjs backend. */
import { fail } from '../../errors/index.js'
import { replaceMethods, restoreAll } from '../../graph/record/hooks.js'
import { seedDraws } from '../../graph/seeded-draws.js'
import { type DType, NdArray, type TypedArray } from '../../util/nd-array.js'
import { deriveSeed, uniformAt } from '../../util/seeds.js'
import { targetsOf } from '../config/inputs.js'
import type { FetchValue } from '../model-types.js'
import { classOf } from '../own-optimizer.js'
import type { Tensor, Variable } from '../tf-types.js'
import { forward, type TensorFeed } from './forward.js'
import { keptVariables, type Network, trainedVariables } from './network.js'
import { fedNotFinite, findNotFinite } from './not-finite.js'
import { optimizerVariables, rememberStep } from './step-state.js'
import { areNumbers } from './targets.js'
import type { Fed, TrainStep } from './train-step.js'
import { trainingStep } from './training-step.js'
import { applyGradients } from './updaters.js'

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
  const { tf, clock } = network
  let result: readonly FetchValue[] = []
  tf.tidy(() => {
    const restore = rememberStep(network)
    try {
      const { loss, values, gradients, unclipped, norms } = withDraws(network, () =>
        trainingStep(network, toTensors(network, fed), fetches),
      )
      checkLoss(network, fed, loss)
      refuseNotFinite(network, fed, 'gradient-not-finite', {
        ...prefixed('the gradient of', unclipped),
        ...prefixed('the norm of the gradient of', norms),
        ...(gradients === unclipped ? {} : prefixed('the clipped gradient of', gradients)),
      })
      refuseNotFinite(network, fed, 'average-not-finite', named(keptVariables(network)))
      applyGradients(network, gradients)
      refuseNotFinite(network, fed, 'update-not-finite', { ...named(trainedVariables(network)), ...optimizerVariables(network) })
      clock.step++
      result = values.map(readValue)
    } catch (error) {
      restore()
      throw error
    }
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

function checkLoss({ name, clock }: Network, fed: Fed, loss: Tensor): void {
  const [value] = loss.dataSync() as Float32Array
  if (!Number.isFinite(value)) fail('loss-not-finite', { model: name, step: clock.step + 1, loss: value!, suspects: fedNotFinite(fed) })
}

type Refusal = 'gradient-not-finite' | 'average-not-finite' | 'update-not-finite'

function refuseNotFinite(network: Network, fed: Fed, code: Refusal, tensors: Readonly<Record<string, Tensor>>): void {
  const { tf, name, clock, optimizerName, optimizer } = network
  const found = findNotFinite(tf, tensors)
  if (found.length === 0) return
  fail(code, {
    model: name,
    step: clock.step + 1,
    tensors: found,
    suspects: fedNotFinite(fed),
    optimizer: optimizerName ?? classOf(optimizer),
  })
}

const prefixed = (what: string, tensors: Readonly<Record<string, Tensor>>) =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${what} ${name}`, tensor]))

const named = (variables: readonly Variable[]) => Object.fromEntries(variables.map(variable => [variable.name, variable as Tensor]))

/** Feeds as tensors of the types the network takes. */
export function toTensors({ tf, inputs }: Network, fed: Fed): TensorFeed {
  const tensors = new Map<string, Tensor>()
  for (const [name, array] of fed) {
    const target = targetsOf(inputs).find(target => target.name === name)
    const isLabels = target !== undefined && areNumbers(target, array.shape.length)
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
