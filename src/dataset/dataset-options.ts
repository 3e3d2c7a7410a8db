import type { SourceDataset } from '../pipeline/description/contracts.js'
import type { Components } from './batch/batch.js'
import type { IndexSource } from './dataset-index.js'
import type { PreloadedValues } from './preloaded.js'

/** What every dataset may be told. */
export interface DescribeOptions {
  /** How specs and errors call it. Default `dataset`. */
  readonly name?: string
  /** What `D('…')` may read, e.g. `{ classes: 10 }`. Subsets have them too. */
  readonly attributes?: Readonly<Record<string, unknown>>
  /** How a file describes where the data come from; open sets say it of themselves. */
  readonly origin?: SourceDataset['origin']
}

/** What a dataset is made of besides its index and batch class. */
export interface DatasetOptions<Values extends Components> extends DescribeOptions {
  /**
   * The data in memory: components by name, or a list of them in the order of the batch class; each has one entry an item, or one under
   * each id. They are kept as they are, not copied.
   */
  readonly preloaded?: PreloadedValues<Values>
}

/** What a dataset over a source is told. */
export interface SourceOptions extends DescribeOptions {
  /** The ids of the items. Default: 0 … n−1. */
  readonly index?: IndexSource
}
