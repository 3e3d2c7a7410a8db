/** One way to compute convolutions by other operations. */
import type { Value } from '../../ir/graph.js'
import type { Builder } from '../../ir/rewrite.js'
import type { Convolution, Kind } from './convolution.js'

/** Builds the result of one kind from its two operands (`operandsOf`). */
export type Build = (b: Builder, convolution: Convolution, first: Value, second: Value) => Value

export interface Lowering<K extends Kind = Kind> {
  /** True if it can compute this convolution. */
  readonly applies: (convolution: Convolution) => boolean
  readonly build: Readonly<Record<K, Build>>
}
