import type { JsonSchema } from '../../util/json.js'

/** Schema of a list of actions inside an action. */
export const blockSchema = (description: string): JsonSchema => ({ $ref: '#/definitions/block', description })
