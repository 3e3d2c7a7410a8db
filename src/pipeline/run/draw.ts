/** Random values of `R`: pure functions of the seed of the batch and action. */
import { fail } from '../../errors/index.js'
import { allocate, NdArray, sizeOf } from '../../util/nd-array.js'
import { normalAt, uniformAt } from '../../util/seeds.js'
import { type Distribution, distributions } from '../spec/named.js'
import type { Scope } from './scope.js'

type Draw = (seed: number, counter: number) => unknown

const draws: Record<Distribution, (args: readonly unknown[]) => Draw> = {
  uniform:
    ([low = 0, high = 1]) =>
    (seed, i) =>
      Number(low) + uniformAt(seed, i) * (Number(high) - Number(low)),
  normal:
    ([mean = 0, deviation = 1]) =>
    (seed, i) =>
      Number(mean) + normalAt(seed, i) * Number(deviation),
  integers: ([first = 2, second]) => {
    const [low, high] = second === undefined ? [0, Number(first)] : [Number(first), Number(second)]
    return (seed, i) => low + Math.floor(uniformAt(seed, i) * (high - low))
  },
  choice: ([from]) => {
    const list = from instanceof NdArray ? Array.from(from.data) : (from as readonly unknown[])
    if (!Array.isArray(list) || list.length === 0)
      fail('wrong-value', { name: "R('choice')", seen: String(from), allowed: 'a list that is not empty' })
    return (seed, i) => list[Math.floor(uniformAt(seed, i) * list.length)]
  },
  bernoulli:
    ([p = 0.5]) =>
    (seed, i) =>
      uniformAt(seed, i) < Number(p) ? 1 : 0,
}

export function draw(json: Readonly<Record<string, unknown>>, scope: Scope, evaluate: (value: unknown, scope: Scope) => unknown): unknown {
  const name = String(json.R)
  if (!Object.hasOwn(draws, name)) fail('unknown-name', { kind: 'distribution', seen: name, allowed: distributions })
  const sample = draws[name as Distribution](evaluate(json.args ?? [], scope) as unknown[])
  const size = json.size === undefined || json.size === null ? undefined : evaluate(json.size, scope)
  const seed = scope.nextDrawSeed(typeof json.seed === 'number' ? json.seed : undefined)
  if (size === undefined) return sample(seed, 0)
  const shape = (Array.isArray(size) ? size : [size]).map(Number)
  const length = sizeOf(shape)
  const items = Array.from({ length }, (_, i) => sample(seed, i))
  if (items.some(item => typeof item !== 'number')) return items
  const data = allocate(name === 'integers' || name === 'bernoulli' ? 'int32' : 'float32', length)
  data.set(items as number[])
  return new NdArray(data, shape)
}
