import { kindOptions } from '../../../metrics/options.js'
import { anything, boolean, type Option, type OptionTable, oneOf, option, options, plainType } from '../../../options/index.js'
import type { JsonSchema, JsonValue } from '../../../util/json.js'
import { action } from '../action-row.js'
import { destination, evaluated, mode } from '../arguments.js'
import { liveNameOf } from '../expressions/operations.js'
import { gatherNames, gatherRows, isGatherName } from '../metrics-kinds.js'

const always = ['kind', 'saveTo', 'mode']

/** Each kind takes its own arguments, no others. */
const byKind: readonly JsonSchema[] = gatherNames.map(name => {
  const { of, takes } = kindOptions[gatherRows[name]]
  return {
    if: { properties: { kind: { const: name } }, required: ['kind'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      properties: Object.fromEntries([...always, ...Object.keys({ ...of, ...takes.table })].map(key => [key, {}])),
      required: Object.keys(of),
      additionalProperties: false,
    },
  }
})

/** The arguments of all kinds. A choice between words, or true or false, is written down; all else may be an expression. */
const ofKinds: OptionTable = Object.fromEntries(
  Object.values(kindOptions)
    .flatMap(({ of, takes }) => Object.entries<Option>({ ...of, ...takes.table }))
    .map(([name, one]) => {
      const isWritten = one.type.names.length > 0 || one.type === boolean || one.type === anything
      return [
        name,
        { ...one, presence: one.default === undefined ? 'optional' : 'default', type: isWritten ? one.type : evaluated(one.type) },
      ]
    }),
)

/** A name, or a class of the user's that is bound from TypeScript. */
const kind = plainType<JsonValue>({
  allowed: oneOf(gatherNames).allowed,
  names: gatherNames,
  schema: { enum: gatherNames },
  test: value => liveNameOf(value) !== undefined || gatherNames.includes(value as never),
})

const args = options({
  kind: option('what is measured: classes, masks pixel by pixel, instances, numbers, a loss', kind),
  ...ofKinds,
  saveTo: option('where it is saved: !V name, an item of one, or a list or map with a destination for each part', destination),
  mode: option('write: of the last batch; append: after the items before; update: added up to one item', mode.type, { default: 'write' }),
})

/** BatchFlow's `gather_metrics`. */
export const gatherMetrics = action({
  summary: 'compares predictions with targets and saves the metrics: those of this batch, or put together with those before',
  args: { ...args, schema: { ...args.schema, allOf: byKind } },
  measures: ({ kind }) => (isGatherName(kind) ? gatherRows[kind] : undefined),
  allowedInBeforeAfter: true,
  batchLocal: true,
})
