/** What the rooms agree on about charts: who checks them need not know how they are drawn. */
import type { JsonObject, JsonSchema } from '../util/json.js'

/** One chart of a report: its kind is the only key, its options the value. */
export type ChartSpec = Readonly<Record<string, JsonObject>>

/** A `pipeline.variable` or `pipeline.model` that a chart's options name, and the keys that lead to it. */
export interface ChartReference {
  readonly ref: string
  readonly path: readonly (string | number)[]
}

/** What is known of a kind of chart without drawing it. */
export interface ChartKind<Options = any> {
  /** One sentence, for docs and the schema. */
  readonly summary: string
  /** JSON Schema of the options: an object schema with `properties`, `required`, `additionalProperties: false`. */
  readonly schema: JsonSchema
  /** Pairs of options that are the ends of a range: the first is at most the second. */
  readonly ranges?: readonly (readonly [min: string, max: string])[]
  /** Every `pipeline.variable` the options name. */
  variables(options: Options): readonly ChartReference[]
  /** Every `pipeline.model` the options name. */
  models?(options: Options): readonly ChartReference[]
}
