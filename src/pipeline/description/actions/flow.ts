/** Actions that choose which actions run. */

import { anything, integer, number, option, options } from '../../../options/index.js'
import { type ActionRow, action } from '../action-row.js'
import { block, evaluated } from '../arguments.js'

export const flowActions = {
  /** Branches. BatchFlow has none for actions, only `IF` for values. */
  if: action({
    summary: 'runs some actions if a condition is true, and others if it is not',
    args: options({
      condition: option('an expression: 0, false, null and the empty string are false', anything),
      // biome-ignore lint/suspicious/noThenProperty: a list of actions, never awaited
      then: option('run if the condition is true', block),
      else: option('run if it is not', block, { optional: true }),
    }),
    blocks: ['then', 'else'],
    allowedInBeforeAfter: true,
    batchLocal: true,
  }),

  /** BatchFlow's `pipeline * n`. */
  repeat: action({
    summary: 'runs some actions several times',
    args: options({
      times: option('how often, or an expression', evaluated(integer({ min: 0 }))),
      actions: option('what is repeated', block),
    }),
    blocks: ['actions'],
    allowedInBeforeAfter: true,
    batchLocal: true,
  }),

  /** BatchFlow's `pipeline @ probability`. */
  sometimes: action({
    summary: 'runs some actions with a probability, drawn per batch',
    args: options({
      probability: option('from 0 (never) to 1 (always), or an expression', evaluated(number({ min: 0, max: 1 }))),
      actions: option('the actions that run or are skipped, all together', block),
    }),
    blocks: ['actions'],
    allowedInBeforeAfter: true,
    batchLocal: true,
  }),

  /** BatchFlow's `SkipBatchException`. */
  skipBatch: action({
    summary: 'skips this batch: later actions do not run, and the batch is not emitted',
    args: options({}),
    batchLocal: true,
  }),

  /** BatchFlow's `StopPipeline`. */
  stopPipeline: action({
    summary: 'ends the run before this batch',
    args: options({}),
  }),
} satisfies Record<string, ActionRow>
