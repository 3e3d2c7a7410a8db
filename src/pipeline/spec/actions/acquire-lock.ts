import { type ActionRow, nameSchema } from '../action-row.js'

/** BatchFlow's `acquire_lock`. */
export const acquireLock: ActionRow = {
  summary: 'waits for a lock and holds it until it is released, at the latest until the end of the batch',
  schema: {
    type: 'object',
    properties: { name: nameSchema('the lock') },
    required: ['name'],
    additionalProperties: false,
  },
  uses: ({ name }) => [{ kind: 'lock', name: name as string, path: ['name'] }],
}
