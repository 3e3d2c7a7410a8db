import type { JsonObject, JsonSchema, JsonValue } from '../../util/json.js'
import type { Html } from '../html.js'
import type { ReportSource } from '../source.js'

/** A `pipeline.variable` or `pipeline.model` that a chart's options name, and where in the options it stands. */
export interface ChartReference {
  readonly ref: string
  readonly path: readonly (string | number)[]
}

/** What a chart is told about the page it stands on. */
export interface ChartContext {
  /** The text shown for a key of `series`, `models`, `maps`, …: the `names` of this or any other chart of the report, else the key. */
  nameOf(key: string): string
  /** The colour of that key, the same in every chart of the report: a CSS value. */
  colorOf(key: string): string
  /** An id that no other element of the page has. */
  id(stem: string): string
}

/**
 * A kind of chart: a row of the chart table.
 *
 * In every kind the keys of `series`, `models`, `maps`, `predictions`, … are short names such as `resnet`. They are the keys of
 * results.json; `names: { resnet: ResNet }` in any one chart gives the text shown for them in all charts.
 */
export interface ChartRow<Options = any, Data = any> {
  /** One sentence, for docs and the schema. */
  readonly summary: string
  /** JSON Schema of the options: an object schema with `properties`, `required`, `additionalProperties: false`. */
  readonly schema: JsonSchema
  /** Every `pipeline.variable` the options name. */
  readonly variables: (options: Options) => readonly ChartReference[]
  /** Every `pipeline.model` the options name. */
  readonly models?: (options: Options) => readonly ChartReference[]
  /** Reduces live values to compact plain data. Copes with variables that are missing, empty or short. */
  readonly prepare: (options: Options, source: ReportSource) => Data
  /** The chart as HTML: a section with its heading, figure and caption. */
  readonly render: (options: Options, data: Data, context: ChartContext) => Html
  /** Results to be lifted to the top of results.json, e.g. `{ accuracy: { resnet: 0.9891 } }`. */
  readonly summarize?: (data: Data) => JsonObject
  /** One plain sentence for the top of the page, where the chart concludes something. */
  readonly headline?: (options: Options, data: Data, context: ChartContext) => string | undefined
}

export type { JsonObject, JsonValue }
