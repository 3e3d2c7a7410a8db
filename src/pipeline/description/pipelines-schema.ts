/** Arguments that name several other pipelines. */
import type { JsonSchema } from '../../util/json.js'
import { type ActionArgs, type NameUse, nameSchema } from './action-row.js'

export const pipelinesSchema = (description: string): JsonSchema => ({
  type: 'array',
  items: nameSchema('a pipeline'),
  minItems: 1,
  description,
})

export const pipelineUses = ({ pipelines }: ActionArgs): readonly NameUse[] =>
  (Array.isArray(pipelines) ? pipelines : []).map((name, i) => ({ kind: 'pipeline', name: name as string, path: ['pipelines', i] }))
