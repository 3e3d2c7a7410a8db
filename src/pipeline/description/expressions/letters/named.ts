/** What the factories of expressions with a name have in common. */
import type { JsonObject } from '../../../../util/json.js'
import { describe } from '../../content/describe.js'
import { liveName } from '../../content/live-names.js'
import type { PipelineSpec } from '../../content/pipeline-spec.js'
import { Expression } from '../expression.js'

/** A pipeline whose variables or config another one reads. */
export interface OtherPipeline {
  readonly name: string
  readonly spec: PipelineSpec
}

/** An expression whose name may be another one's value. */
export function named(
  letter: string,
  name: string | Expression<any> | undefined,
  further: JsonObject = {},
  from?: OtherPipeline,
): Expression<any> {
  const { json, values } = describe(name ?? null)
  if (from === undefined) return new Expression({ [letter]: json, ...further }, values)
  const pipeline = liveName(from)
  return new Expression({ [letter]: json, ...further, pipeline }, { ...values, [pipeline]: from })
}
