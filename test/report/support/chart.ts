/** One chart at a time, from live values to markup. */

import { drawChart } from '../../../src/report/draw-chart.js'
import type { ReportModel, ReportSource } from '../../../src/report/index.js'
import { pageContexts } from '../../../src/report/page/context.js'
import { loadPlot } from '../../../src/report/plot/library.js'
import { prepareCharts } from '../../../src/report/prepare.js'
import type { JsonObject } from '../../../src/util/json.js'

await loadPlot()

/** A source of the given variables and models, of a run meant to have `iterations`. */
export function sourceOf(variables: Record<string, unknown>, iterations = 500, models: Record<string, ReportModel> = {}): ReportSource {
  return { variable: ref => variables[ref], model: ref => models[ref], iterations, interrupted: false }
}

/** Prepares a chart, takes its data through JSON as results.json does, and renders it. */
export function makeChart(kind: string, options: JsonObject, source: ReportSource) {
  const { charts, summary } = prepareCharts([{ [kind]: options }], source)
  const chart = JSON.parse(JSON.stringify(charts[0]!)) as (typeof charts)[0]
  const text = drawChart(chart, pageContexts([chart])[0]!).drawn.text
  return { chart, data: chart.data as any, summary, text, words: wordsOf(text) }
}

/** The text of markup, hover titles left out. */
export function wordsOf(markup: string): string {
  return markup
    .replace(/<title>.*?<\/title>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ')
    .trim()
}
