/** Random values of `R`: pure functions of the seed of the batch and action. */
import { fail } from '../../../errors/index.js'
import { type BoundDistribution, bindDistribution } from '../../../samplers/bind-distribution.js'
import { allocate, NdArray, sizeOf } from '../../../util/nd-array.js'
import type { Evaluate, Scope } from '../execution/scope.js'
import { entriesOf } from './items.js'

export function draw(json: Readonly<Record<string, unknown>>, scope: Scope, evaluate: Evaluate): unknown {
  const from = evaluate(json.R, scope)
  const args = evaluate(json.args ?? [], scope) as readonly unknown[]
  const params = evaluate(json.params ?? {}, scope) as Record<string, unknown>
  const bound = typeof from === 'string' ? bindDistribution(from, args, params) : bindDistribution('choice', [from, ...args], params)
  const shape = toShape(evaluate(json.size, scope))
  const seed = scope.nextDrawSeed(typeof json.seed === 'number' ? json.seed : undefined)
  return shape === undefined ? toValue(bound.draw(seed, 0), bound) : drawArray(bound, seed, shape)
}

function toShape(size: unknown): readonly number[] | undefined {
  if (size === undefined || size === null) return undefined
  return (entriesOf(size) ?? [size]).map(Number)
}

/** An array if the draws are numbers or vectors, otherwise a list. */
function drawArray(bound: BoundDistribution, seed: number, shape: readonly number[]): unknown {
  const length = sizeOf(shape)
  if (length > bound.max) fail('choice-exhausted', { wanted: length, max: bound.max })
  const draws = Array.from({ length }, (_, i) => bound.draw(seed, i))
  if (bound.yields === 'items') return draws.every(item => typeof item === 'number') ? toArray(draws, shape, bound) : draws
  const width = length === 0 ? bound.draw(seed, 0) : draws[0]
  return toArray(draws.flat() as number[], Array.isArray(width) ? [...shape, width.length] : shape, bound)
}

function toValue(drawn: unknown, bound: BoundDistribution): unknown {
  return bound.yields !== 'items' && Array.isArray(drawn) ? toArray(drawn, [drawn.length], bound) : drawn
}

function toArray(numbers: readonly number[], shape: readonly number[], { name, yields }: BoundDistribution): NdArray {
  const data = allocate(yields === 'integers' ? 'int32' : 'float32', numbers.length)
  data.set(numbers)
  const lost = yields === 'integers' ? numbers.find((value, i) => data[i] !== value) : undefined
  if (lost !== undefined) fail('wrong-value', { name: `an array of R('${name}')`, seen: String(lost), allowed: '32-bit integers (int32)' })
  return new NdArray(data, shape)
}
