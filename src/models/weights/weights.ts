/** Weights of a network by path: read, set, changed. The optimizer and its state are not involved. */
import { fail } from '../../errors/index.js'
import { describeValue } from '../../util/describe-value.js'
import { NdArray } from '../../util/nd-array.js'
import { selectPaths } from '../../util/path-patterns.js'
import { pathsOfVariables } from '../build/weight-variables.js'
import type { WeightChange, WeightFunction, Weights, ZeroCount, ZeroCounts } from '../model-types.js'
import type { Variable } from '../tf-types.js'
import { type Network, toVariable } from '../train/network.js'
import { applyChange } from './changes.js'

type Variables = ReadonlyMap<string, Variable>

/** The variables of all weights, moving averages included, in the layers' order. Two of one name in a layer are numbered. */
function variablesByPath({ layersModel }: Network): Variables {
  const byName = new Map(layersModel.weights.map(toVariable).map(variable => [variable.name, variable]))
  const variables = new Map<string, Variable>()
  for (const [variable, path] of pathsOfVariables(layersModel)) {
    let name = path
    for (let i = 1; variables.has(name); i++) name = `${path}-${i}`
    variables.set(name, byName.get(variable)!)
  }
  return variables
}

/** Copies of the weights that patterns match. */
export async function readWeights(network: Network, match: string | readonly string[]): Promise<Weights> {
  const weights: Record<string, NdArray> = {}
  for (const [path, variable] of selected(network, match)) {
    weights[path] = new NdArray(Float32Array.from(await variable.data()), variable.shape)
  }
  return weights
}

function selected(network: Network, match: string | readonly string[]): Variables {
  const all = variablesByPath(network)
  const allowed = [...all.keys()]
  const { paths, idle } = selectPaths([match].flat(), allowed)
  const [seen] = idle
  if (seen !== undefined || paths.size === 0) fail('unknown-weight', { model: network.name, seen: seen ?? `${match}`, allowed })
  return new Map([...all].filter(([path]) => paths.has(path)))
}

/** Sets weights: all of them, or, if one does not fit, none. */
export function writeWeights(network: Network, weights: Readonly<Record<string, unknown>>): Weights {
  const all = variablesByPath(network)
  const { tf, name: model } = network
  const fitting = Object.entries(weights).map(([path, values]) => {
    const variable = all.get(path) ?? fail('unknown-weight', { model, seen: path, allowed: [...all.keys()] })
    return { path, variable, array: toWeight(model, path, variable.shape, values) }
  })
  tf.tidy(() => {
    for (const { variable, array } of fitting)
      variable.assign(tf.tensor(array.data as Float32Array, variable.shape, variable.dtype) as never)
  })
  return Object.fromEntries(fitting.map(({ path, array }) => [path, array]))
}

/** Values as those of a weight: of its shape, finite. */
function toWeight(model: string, path: string, shape: readonly number[], values: unknown): NdArray {
  const refuse = (seen: string): never =>
    fail('weight-value', { model, path, seen, allowed: `finite numbers of the shape [${shape.join(', ')}]` })
  const array = toArray(values) ?? refuse(describeValue(values))
  if (`${array.shape}` !== `${shape}`) refuse(`the shape [${array.shape.join(', ')}]`)
  const data = Float32Array.from(array.data)
  const wrong = data.findIndex(value => !Number.isFinite(value))
  if (wrong >= 0) refuse(`${array.data[wrong]}`)
  return new NdArray(data, shape)
}

function toArray(values: unknown): NdArray | undefined {
  try {
    return values instanceof NdArray ? values : NdArray.from(values)
  } catch {
    return undefined
  }
}

/** Changes the weights that patterns match; if the function fails, none is changed. */
export async function changeWeights(
  network: Network,
  match: string | readonly string[],
  by: WeightChange | WeightFunction,
): Promise<ZeroCounts> {
  const before = await readWeights(network, match)
  const after: Record<string, unknown> = typeof by === 'function' ? {} : applyChange(by, before)
  if (typeof by === 'function') for (const [path, values] of Object.entries(before)) after[path] = await by(values, path)
  return countZeros(writeWeights(network, after))
}

function countZeros(weights: Weights): ZeroCounts {
  const byPath = Object.fromEntries(Object.entries(weights).map(([path, { data }]) => [path, toCount(data.length, zerosIn(data))]))
  const sum = (key: 'values' | 'zeros') => Object.values(byPath).reduce((total, count) => total + count[key], 0)
  return { ...toCount(sum('values'), sum('zeros')), byPath }
}

function zerosIn(data: ArrayLike<number>): number {
  let zeros = 0
  for (let i = 0; i < data.length; i++) if (data[i] === 0) zeros++
  return zeros
}

const toCount = (values: number, zeros: number): ZeroCount => ({ values, zeros, share: zeros / values })
