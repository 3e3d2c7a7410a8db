import type { JsonSchema } from '../../../util/json.js'
import { type ActionRow, anyValue, destinationSchema, modeSchema } from '../action-row.js'
import { gatherNames, gatherRows } from '../metrics-kinds.js'

const value = (description: string): JsonSchema => ({ ...anyValue, description })

const always = ['kind', 'saveTo', 'mode']

/** Each kind takes its own arguments, no others. */
const byKind: readonly JsonSchema[] = gatherNames.map(name => ({
  if: { properties: { kind: { const: name } }, required: ['kind'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: {
    properties: Object.fromEntries([...always, ...gatherRows[name].needs, ...gatherRows[name].may].map(key => [key, {}])),
    required: gatherRows[name].needs,
    additionalProperties: false,
  },
}))

/** BatchFlow's `gather_metrics`. */
export const gatherMetrics: ActionRow = {
  summary: 'compares predictions with targets and saves the metrics: those of this batch, or put together with those before',
  schema: {
    type: 'object',
    properties: {
      kind: { enum: gatherNames, description: 'what is measured: classes, masks pixel by pixel, instances, numbers, a loss' },
      targets: value('what is right'),
      predictions: value('what was predicted'),
      fmt: { enum: ['proba', 'logits', 'labels'], default: 'proba', description: 'what targets and predictions hold' },
      numClasses: value('the number of classes: 2, or the length of axis, unless it is told'),
      axis: value('the axis of predictions along which the classes lie, e.g. -1'),
      threshold: value('of two classes: the probability from which on an element is positive (default 0.5)'),
      skipBg: { type: 'boolean', default: false, description: 'whether class 0 is background, which is left out' },
      labels: value('the names of the classes, for tables'),
      iot: value('the share of an instance that must be predicted (default 0.5)'),
      weights: value('a weight for each sample'),
      multi: { type: 'boolean', default: false, description: 'whether a sample has several outputs, along the last axis' },
      loss: value('the loss of the batch'),
      batchLen: value('its weight in the mean (default: the items of the batch)'),
      saveTo: destinationSchema,
      mode: {
        ...modeSchema,
        description: 'write (default): of the last batch; append: items behind those before; update: all added up to one item',
      },
    },
    required: ['kind', 'saveTo'],
    allOf: byKind,
    additionalProperties: false,
  },
  allowedInBeforeAfter: true,
  batchLocal: true,
}
