import { type ActionRow, nameSchema } from '../action-row.js'
import { LIVE } from '../expressions/expression-json.js'

/** BatchFlow's `init_lock`. */
export const initLock: ActionRow = {
  summary: 'declares a lock; from TypeScript one that several pipelines share',
  schema: {
    type: 'object',
    properties: {
      name: nameSchema('the name other actions call it by'),
      lock: { type: 'object', required: [LIVE], description: 'the lock itself, bound from TypeScript' },
    },
    required: ['name'],
    additionalProperties: false,
  },
  declares: ({ name }) => [{ kind: 'lock', name: name as string }],
  allowedInBeforeAfter: true,
  ignoresBatch: true,
}
