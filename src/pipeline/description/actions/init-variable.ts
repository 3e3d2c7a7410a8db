import { type ActionRow, anyValue, nameSchema } from '../action-row.js'

/** BatchFlow's `init_variable`. */
export const initVariable: ActionRow = {
  summary: 'declares a variable of the pipeline and its first value',
  schema: {
    type: 'object',
    properties: {
      name: nameSchema('the name V reads it by'),
      default: { ...anyValue, description: 'its value until something is saved; kept from run to run (default null)' },
      initOnEachRun: { ...anyValue, description: 'its value at the start of each run' },
    },
    required: ['name'],
    not: { required: ['default', 'initOnEachRun'] },
    additionalProperties: false,
  },
  declares: ({ name }) => [{ kind: 'variable', name: name as string }],
  evaluatedAtStart: () => ['default', 'initOnEachRun'],
  allowedInBeforeAfter: true,
  ignoresBatch: true,
}
