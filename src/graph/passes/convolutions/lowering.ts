/** One way to compute convolutions by other operations. */
import type { Value } from '../../ir/graph.js'
import type { Builder } from '../../ir/rewrite.js'
import type { Convolution, Kind } from './convolution.js'

/** Builds the result of one kind from its two operands (`operandsOf`). */
export type Build = (b: Builder, convolution: Convolution, first: Value, second: Value) => Value

export interface Lowering {
  readonly name: string
  readonly applies: (convolution: Convolution) => boolean
  /** How long it takes, in multiply-adds of a large matrix product (`cost.ts`). */
  readonly cost: (convolution: Convolution) => number
  /** The kinds that it can compute. */
  readonly build: Readonly<Partial<Record<Kind, Build>>>
}
