import { type ActionRow, anyValue, destinationSchema, modeSchema } from '../action-row.js'
import { LIVE } from '../expressions/expression-json.js'

/** BatchFlow's `call`. A function is a live thing: this action is for TypeScript, a YAML file cannot name one. */
export const call: ActionRow = {
  summary: 'calls a function of the user (TypeScript only)',
  schema: {
    type: 'object',
    properties: {
      fn: { type: 'object', required: [LIVE], description: 'the function, bound from TypeScript' },
      args: { type: 'array', items: anyValue, description: 'its arguments; without any it gets the batch' },
      saveTo: destinationSchema,
      mode: modeSchema,
    },
    required: ['fn'],
    additionalProperties: false,
    dependentRequired: { mode: ['saveTo'] },
  },
  allowedInBeforeAfter: true,
  needsLive: true,
  addsComponents: true,
}
