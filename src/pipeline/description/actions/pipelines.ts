/** Actions that make a batch from other batches. */

import { integer, option, options } from '../../../options/index.js'
import { type ActionRow, action } from '../action-row.js'
import { evaluated, kept, keptComponents, pipelines, pipelineUses } from '../arguments.js'

export const pipelineActions = {
  /** BatchFlow's `join`. */
  join: action({
    summary: 'runs other pipelines on the items with the same ids; the next batch action or call receives their batches, too',
    args: options({ pipelines: option('whose batches are joined', pipelines) }),
    uses: pipelineUses,
    waitsFor: pipelineUses,
  }),

  /** BatchFlow's `merge`. */
  merge: action({
    summary: 'takes the next batch of other pipelines and appends its items to this one',
    args: options({
      pipelines: option('whose batches are merged; the batch of each says how they are taken', pipelines),
      components: kept,
    }),
    uses: pipelineUses,
    waitsFor: pipelineUses,
    components: keptComponents,
  }),

  /** BatchFlow's `rebatch`. */
  rebatch: action({
    summary: 'makes batches of another size for the actions after it',
    args: options({ batchSize: option('items per batch, or an expression', evaluated(integer({ min: 1 }))), components: kept }),
    changesBatches: true,
    components: keptComponents,
  }),
} satisfies Record<string, ActionRow>
