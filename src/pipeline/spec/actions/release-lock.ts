import { type ActionRow, nameSchema } from '../action-row.js'

/** BatchFlow's `release_lock`. */
export const releaseLock: ActionRow = {
  summary: 'gives a lock to whoever waits for it',
  schema: {
    type: 'object',
    properties: { name: nameSchema('the lock') },
    required: ['name'],
    additionalProperties: false,
  },
  uses: ({ name }) => [{ kind: 'lock', name: name as string, path: ['name'] }],
}
