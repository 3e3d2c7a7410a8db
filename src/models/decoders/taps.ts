/** What an encoder hands on: the last tensor at each size. */
import { failShape, type Shape } from '../plan/layer-rules.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import { strideOf } from '../plan/stride-of.js'

export interface Tap {
  /** How many positions of the input one of its positions stands for, along an axis. */
  readonly stride: number
  readonly ref: Ref
}

/** The taps of an encoder from the finest to the coarsest, and the sizes that they and the input have. */
export class Taps {
  readonly #byStride: ReadonlyMap<number, Ref>
  readonly #input: Ref

  constructor(input: Ref, taps: readonly Tap[]) {
    this.#input = input
    this.#byStride = new Map(taps.map(({ stride, ref }) => [stride, ref]))
  }

  get all(): readonly Tap[] {
    return [...this.#byStride].map(([stride, ref]) => ({ stride, ref }))
  }

  at(stride: number): Ref | undefined {
    return this.#byStride.get(stride)
  }

  /** The positions at a stride, if some tensor that is known has it. */
  sizeAt(stride: number): Shape | undefined {
    const ref = stride === 1 ? this.#input : this.#byStride.get(stride)
    return ref?.shape.slice(0, -1)
  }

  /** Those at these strides, in the taps' order. */
  choose(strides: readonly number[], path: string): readonly Tap[] {
    const missing = strides.find(stride => !this.#byStride.has(stride))
    if (missing !== undefined)
      failShape(path, `the encoder has nothing at the stride ${missing}`, `strides of it: ${[...this.#byStride.keys()].join(', ')}`)
    return this.all.filter(({ stride }) => strides.includes(stride))
  }
}

/**
 * The last of these tensors at each stride. They are layers of the initial block, outputs of blocks and of what stands around the groups,
 * in order.
 */
export function findTaps(plan: PlanBuilder, candidates: readonly Ref[]): readonly Tap[] {
  const last = new Map(candidates.map(ref => [strideOf(plan, ref), ref]))
  return [...last].map(([stride, ref]) => ({ stride, ref })).sort((one, other) => one.stride - other.stride)
}

/** The taps that a decoder takes, by stride: all, those of `skip/at`, or none. */
export function skipTaps(taps: Taps, skip: { readonly at?: unknown } | null): ReadonlyMap<number, Ref> {
  if (!skip) return new Map()
  const at = skip.at as readonly number[] | null | undefined
  const chosen = at ? taps.choose(at, 'decoder/skip/at') : taps.all
  return new Map(chosen.map(({ stride, ref }) => [stride, ref]))
}
