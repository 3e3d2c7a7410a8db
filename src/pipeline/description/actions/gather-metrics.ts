import { anything, boolean, oneOf, option, options, plainType } from '../../../options/index.js'
import { isPlainObject, type JsonSchema, type JsonValue } from '../../../util/json.js'
import { action } from '../action-row.js'
import { destination, mode } from '../arguments.js'
import { gatherNames, gatherRows } from '../metrics-kinds.js'

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

/** A name, or a class of the user's that is bound from TypeScript. */
const kind = plainType<JsonValue>({
  allowed: oneOf(gatherNames).allowed,
  names: gatherNames,
  schema: { enum: gatherNames },
  test: value => isPlainObject(value) || gatherNames.includes(value as never),
})

const value = (summary: string) => option(summary, anything, { optional: true })

const args = options({
  kind: option('what is measured: classes, masks pixel by pixel, instances, numbers, a loss', kind),
  targets: value('what is right'),
  predictions: value('what was predicted'),
  fmt: option('what targets and predictions hold (default proba)', oneOf(['proba', 'logits', 'labels']), { optional: true }),
  numClasses: value('the number of classes (default: 2, or the length of axis)'),
  axis: value('the axis of predictions along which the classes lie, e.g. -1'),
  threshold: value('of two classes: the probability from which an element is positive (default 0.5)'),
  skipBg: option('true if class 0 is background, which is skipped (default false)', boolean, { optional: true }),
  labels: value('the names of the classes, for tables'),
  iot: value('the share of an instance that must be predicted (default 0.5)'),
  weights: value('a weight per sample'),
  multi: option('true if a sample has several outputs, along the last axis (default false)', boolean, { optional: true }),
  loss: value('the loss of the batch'),
  batchLen: value('its weight in the mean (default: the items of the batch)'),
  saveTo: option('where it is saved: !V name, an item of one, or a list or map with a destination for each part', destination),
  mode: option('write: of the last batch; append: after the items before; update: added up to one item', mode.type, { default: 'write' }),
})

/** BatchFlow's `gather_metrics`. */
export const gatherMetrics = action({
  summary: 'compares predictions with targets and saves the metrics: those of this batch, or put together with those before',
  args: { ...args, schema: { ...args.schema, allOf: byKind } },
  allowedInBeforeAfter: true,
  batchLocal: true,
})
