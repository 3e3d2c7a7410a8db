/** Converts a report's chart specs and live values to plain data. */
import type { ChartSpec } from '../contracts/charts.js'
import type { JsonObject, JsonValue } from '../util/json.js'
import { isPlainObject } from '../util/json.js'
import type { ChartRow } from './charts/chart-row.js'
import { chartTable } from './charts/table.js'
import type { PreparedChart } from './results.js'
import type { ReportSource } from './source.js'

const rows: Readonly<Record<string, ChartRow>> = chartTable

/** The names of all kinds of charts. */
export const chartKinds: readonly string[] = Object.keys(rows)

/** The row of a kind; undefined for an unknown name. */
export function chartRow(kind: string): ChartRow | undefined {
  return Object.hasOwn(rows, kind) ? rows[kind] : undefined
}

/**
 * Reduces live values to the parts of results.json: `charts`, and `summary` with the results that charts add at its top level
 * (`{ accuracy: { resnet: 0.9891 } }`). A chart that cannot be prepared reports its error; the others stay.
 */
export function prepareCharts(
  charts: readonly ChartSpec[],
  source: ReportSource,
): { charts: readonly PreparedChart[]; summary: JsonObject } {
  const prepared = charts.map(chart => prepareChart(chart, source))
  let summary: JsonObject = {}
  for (const { kind, data, problem } of prepared) {
    const lifted = problem === undefined ? chartRow(kind)?.summarize?.(data) : undefined
    if (lifted) summary = merge(summary, lifted)
  }
  return { charts: prepared, summary }
}

function prepareChart(chart: ChartSpec, source: ReportSource): PreparedChart {
  const [kind, options] = kindOf(chart)
  try {
    const row = chartRow(kind)
    if (!row) throw new Error(`there is no chart ${kind}`)
    return { kind, options, data: row.prepare(options, source) }
  } catch (error) {
    return { kind, options, data: null, problem: error instanceof Error ? error.message : String(error) }
  }
}

function kindOf(chart: ChartSpec): [string, JsonObject] {
  const entry = Object.entries(chart)[0]
  return entry ?? ['', {}]
}

/** Objects are merged key by key, anything else is replaced. */
function merge(one: JsonObject, other: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = { ...one }
  for (const [key, value] of Object.entries(other)) {
    const known = merged[key]
    merged[key] = isPlainObject(known) && isPlainObject(value) ? merge(known as JsonObject, value as JsonObject) : value
  }
  return merged
}
