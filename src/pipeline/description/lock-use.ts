import { type ActionRow, nameSchema } from './action-row.js'

/** The row of an action that does something with a lock that was declared. */
export function lockUse(summary: string): ActionRow {
  return {
    summary,
    schema: { type: 'object', properties: { name: nameSchema('the lock') }, required: ['name'], additionalProperties: false },
    uses: ({ name }) => [{ kind: 'lock', name: name as string, path: ['name'] }],
  }
}
