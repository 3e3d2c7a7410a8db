/** Trainable parameters of models, part by part. */
import { option, options, type ValueOf } from '../../options/index.js'
import { formatInteger, formatNumber, formatShare } from '../format.js'
import { type Html, html } from '../html.js'
import type { ReportModel } from '../source.js'
import { type ChartContext, chart } from './chart-row.js'
import { named, names, note, references, referencesIn, section, table, title } from './section.js'

export interface ParametersData {
  /** By model; null if it was never built. */
  readonly models: Readonly<Record<string, ReportModel | null>>
}

const takes = options({
  title,
  models: option(
    'the models compared, by short name: `resnet: resTrain.resnet`. The first is what the others are compared with',
    references(),
  ),
  names,
})
type ParametersOptions = ValueOf<typeof takes>

export const parameters = chart({
  summary: 'A table of the trainable parameters of models, by part, with each total as a multiple of the first.',
  options: takes,
  variables: () => [],
  models: options => referencesIn(options.models, 'models'),
  prepare: (options, source): ParametersData => ({
    models: Object.fromEntries(Object.entries(options.models).map(([key, ref]) => [key, source.model(ref) ?? null])),
  }),
  render,
  summarize: ({ models }) => ({
    parameters: Object.fromEntries(Object.entries(models).flatMap(([key, model]) => (model ? [[key, model.parameterCount]] : []))),
  }),
})

function render(options: ParametersOptions, { models }: ParametersData, context: ChartContext): Html {
  const built = Object.entries(models).flatMap(([key, model]) => (model ? [{ key, model }] : []))
  if (built.length === 0) return section(options.title, note('The run ended before a model was built.'), '', context)
  const rows = partsOf(built.map(({ model }) => model)).map(part => [
    html`<code>${part}</code>`,
    ...built.map(({ model }) => {
      const found = model.parts?.find(item => item.part === part)
      return found ? formatInteger(found.parameters) : '–'
    }),
  ])
  const totals = built.map(({ model }) => model.parameterCount)
  const footer = [
    ['Total', ...totals.map(formatInteger)],
    ...(built.length > 1
      ? [[`Relative to ${context.nameOf(built[0]!.key)}`, ...totals.map(total => `× ${formatNumber(total / totals[0]!)}`)]]
      : []),
  ]
  const heads = ['Part', ...built.map(({ key }) => named(key, context))]
  return section(
    options.title,
    table('Trainable parameters by part', heads, [...rows, ...footer], footer.length),
    caption(built, context),
    context,
  )
}

/** All parts, in the order of the first model that has them. */
function partsOf(models: readonly ReportModel[]): string[] {
  return [...new Set(models.flatMap(model => model.parts?.map(({ part }) => part) ?? []))]
}

function caption(built: readonly { key: string; model: ReportModel }[], context: ChartContext): string {
  const [first, ...others] = built
  const base = first!.model.parameterCount
  const sentences = others.map(({ key, model }) => {
    const more = model.parameterCount - base
    if (more === 0) return `${context.nameOf(key)} has as many trainable parameters as ${context.nameOf(first!.key)}.`
    const share = formatShare(Math.abs(more) / base)
    return `${context.nameOf(key)} has ${formatInteger(Math.abs(more))} (${share}) ${more > 0 ? 'more' : 'fewer'} trainable parameters than ${context.nameOf(first!.key)}.`
  })
  return sentences.join(' ')
}
