/** What a network of the benchmark is. */
import type { Feed, TfModel } from '../../src/models.js'

export interface NetOptions {
  /** How the training step is computed. */
  readonly engine: string
  /** With squeeze and excitation, where the network has that. */
  readonly se: boolean
}

export interface BenchNet {
  readonly summary: string
  /** The batch it is measured at unless another is asked for. */
  readonly batch: number
  /** Whether it comes with squeeze and excitation too. */
  readonly hasSe?: boolean
  /** The peers that have the same network. */
  readonly peers: readonly ('torch' | 'tensorflow')[]
  build(options: NetOptions): Promise<TfModel>
  /** A batch of random inputs and targets, always the same. */
  feed(batch: number): Feed
}
