import type { ChartKind } from '../../contracts/charts.js'
import type { Options, OptionTable, ValuesOf, WrittenOptions } from '../../options/index.js'
import type { JsonObject } from '../../util/json.js'
import type { Html } from '../html.js'
import type { ReportSource } from '../source.js'

/** The page of a chart. */
export interface ChartContext {
  /**
   * Returns the text shown for a key of `series`, `models`, `maps`, …: the `names` of this or any other chart of the report, else the key.
   */
  nameOf(key: string): string
  /** Returns the colour of that key, the same in every chart of the report: a CSS value. */
  colorOf(key: string): string
  /** An id that is unique on the page. */
  id(stem: string): string
}

/**
 * A kind of chart: a row of the chart table.
 *
 * In every kind the keys of `series`, `models`, `maps`, `predictions`, … are short names such as `resnet`. They are the keys of
 * results.json; `names: { resnet: ResNet }` in any one chart sets the text shown for them in all charts.
 */
export interface ChartRow<Written = any, Data = any> extends ChartKind<Written>, Drawing<Written, Data> {}

interface Drawing<Values, Data> {
  /** Reduces live values to compact plain data. Variables may be missing, empty or short. */
  readonly prepare: (options: Values, source: ReportSource) => Data
  /** Renders the chart as HTML: a section with its heading, figure and caption. */
  readonly render: (options: Values, data: Data, context: ChartContext) => Html
  /** Results for the top level of results.json, e.g. `{ accuracy: { resnet: 0.9891 } }`. */
  readonly summarize?: (data: Data) => JsonObject
  /** One plain sentence for the top of the page, if the chart concludes something. */
  readonly headline?: (options: Values, data: Data, context: ChartContext) => string | undefined
}

interface ChartDefinition<O extends OptionTable, Data> extends Omit<ChartKind<WrittenOptions<O>>, 'schema'>, Drawing<ValuesOf<O>, Data> {
  readonly options: Options<O>
}

/** A row of the chart table; its options arrive with their defaults. */
export function chart<O extends OptionTable, Data>(definition: ChartDefinition<O, Data>): ChartRow<WrittenOptions<O>, Data> {
  const { options, prepare, render, headline, ...row } = definition
  return {
    ...row,
    schema: options.schema,
    prepare: (written, source) => prepare(options.fill(written), source),
    render: (written, data, context) => render(options.fill(written), data, context),
    ...(headline && { headline: (written, data, context) => headline(options.fill(written), data, context) }),
  }
}
