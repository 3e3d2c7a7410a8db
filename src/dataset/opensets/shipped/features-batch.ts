import type { BatchAction, BatchOf, Expression, OptionsOf } from '../../../pipeline/index.js'
import type { NdArray } from '../../../util/nd-array.js'
import * as arrayActions from '../../actions/array-actions.js'
import { component, ofStrings } from '../../batch/component.js'
import { type DefinedBatch, defineBatch } from '../../batch/define-batch.js'

/** The components of labelled rows of numbers. */
export type FeaturesComponents = { features: NdArray; labels: NdArray }

/** The actions of rows of numbers. */
export type FeaturesActions = {
  readonly [Name in keyof typeof arrayActions]: BatchAction<any, OptionsOf<(typeof arrayActions)[Name]>>
}

/** The batch class of labelled rows of numbers. */
export interface FeaturesBatchClass extends DefinedBatch<FeaturesComponents, FeaturesActions> {}

declare module '../../../pipeline/description/expressions/letters/batch.js' {
  interface ShortComponents {
    readonly features: Expression<'features'>
  }
}

/**
 * Batches of labelled rows of a table: components `features` [n, columns] and `labels` [n], and the actions of arrays.
 *
 * @example
 * const batch = FeaturesBatch.fromData({ features: [[5.1, 3.5], [4.9, 3]], labels: [0, 1] })
 */
export const FeaturesBatch: FeaturesBatchClass = defineBatch({
  name: 'FeaturesBatch',
  components: {
    features: component.array('The columns of each row, [n, columns].'),
    labels: component.array('The class of each row, [n], from 0.', 'int32', { orList: ofStrings }),
  },
  actions: { ...arrayActions },
})

/** A batch of labelled rows. */
export type FeaturesBatch = BatchOf<typeof FeaturesBatch>
