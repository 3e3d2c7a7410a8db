/** Charts of pipelines that a program runs by itself, without an experiment. */
import type { ChartReference, ChartSpec } from '../contracts/charts.js'
import { fail } from '../errors/index.js'
import { drawChart } from './draw-chart.js'
import { html } from './html.js'
import { pageContexts } from './page/context.js'
import { page } from './page/page.js'
import { loadPlot } from './plot/library.js'
import { chartKinds, chartRow, prepareCharts } from './prepare.js'
import type { ReportModel, ReportSource } from './source.js'

/** What charts read of a pipeline; every `Pipeline` has it. */
export interface ChartedPipeline {
  readonly variables: ReadonlyMap<string, unknown>
  readonly models: ReadonlyMap<string, ChartedModel>
}
interface ChartedModel {
  readonly parameterCount: number
  countByPart?(): ReportModel['parts']
}

/**
 * Renders charts of pipelines, as a report shows them, to one HTML page: for a loop of `nextBatch`, or any run without an experiment. A
 * chart names `pipeline.variable` and `pipeline.model` by the keys of `pipelines`.
 *
 * @example
 * const page = await renderCharts([{ curves: { title: 'Loss', series: { net: 'train.losses' } } }], { train })
 * console.log(page.length)
 *
 * @throws MillraceError `unknown-name` for a kind of chart, a variable or a model that does not exist
 */
export async function renderCharts(
  charts: readonly ChartSpec[],
  pipelines: Readonly<Record<string, ChartedPipeline>>,
  { title = 'Charts' }: { readonly title?: string } = {},
): Promise<string> {
  await loadPlot()
  const variables = named(pipelines, ({ variables }) => variables)
  const models = named(pipelines, pipeline => pipeline.models)
  for (const chart of charts) checkNames(chart, variables, models)
  const lengths = [...variables.values()].map(value => (Array.isArray(value) ? value.length : 0))
  const source: ReportSource = {
    variable: ref => variables.get(ref),
    model: ref => {
      const model = models.get(ref)
      const parts = model?.countByPart?.()
      return model && { parameterCount: model.parameterCount, ...(parts && { parts }) }
    },
    iterations: Math.max(0, ...lengths),
    interrupted: false,
  }
  const prepared = prepareCharts(charts, source).charts
  const contexts = pageContexts(prepared)
  const drawn = prepared.map((chart, i) => html`${drawChart(chart, contexts[i]!).drawn}\n`)
  return page(title, html`<header><h1>${title}</h1></header>\n${drawn}`).text
}

/** The members of all pipelines by `pipeline.member`. */
function named<Member>(
  pipelines: Readonly<Record<string, ChartedPipeline>>,
  membersOf: (pipeline: ChartedPipeline) => ReadonlyMap<string, Member>,
): ReadonlyMap<string, Member> {
  return new Map(
    Object.entries(pipelines).flatMap(([name, pipeline]) =>
      [...membersOf(pipeline)].map(([key, value]) => [`${name}.${key}`, value] as const),
    ),
  )
}

/** Every reference of a chart must lead to something: an empty chart would say nothing of a wrong name. */
function checkNames(chart: ChartSpec, variables: ReadonlyMap<string, unknown>, models: ReadonlyMap<string, unknown>): void {
  for (const [kind, options] of Object.entries(chart)) {
    const row = chartRow(kind) ?? fail('unknown-name', { kind: 'chart', seen: kind, allowed: chartKinds })
    const check = (member: string, references: readonly ChartReference[], members: ReadonlyMap<string, unknown>) => {
      const wrong = references.find(({ ref }) => !members.has(ref))
      if (wrong) fail('unknown-name', { kind: member, seen: wrong.ref, allowed: [...members.keys()] })
    }
    check('variable', row.variables(options), variables)
    check('model', row.models?.(options) ?? [], models)
  }
}
