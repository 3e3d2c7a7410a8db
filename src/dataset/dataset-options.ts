import type { SourceDataset } from '../pipeline/description/contracts.js'
import type { Components } from './batch/component.js'
import type { IndexSource } from './dataset-index.js'
import type { PreloadedValues } from './preloaded.js'

/** Options of every dataset. */
export interface DescribeOptions {
  /** The name in specs and errors. Default `dataset`. */
  readonly name?: string
  /** Values that `D('…')` reads, e.g. `{ classes: 10 }`. Subsets have them too. */
  readonly attributes?: Readonly<Record<string, unknown>>
  /** Describes the origin of the data in a spec; open sets set it themselves. */
  readonly origin?: SourceDataset['origin']
}

/** Options of `new Dataset`. */
export interface DatasetOptions<Values extends Components> extends DescribeOptions {
  /**
   * The data in memory: components by name, or a list of them in the order of the batch class; each has one entry per item, or one
   * per id. They are not copied.
   */
  readonly preloaded?: PreloadedValues<Values>
}

/** Options of a dataset over a source. */
export interface SourceOptions extends DescribeOptions {
  /** The ids of the items. Default: 0 … n−1. */
  readonly index?: IndexSource
}
