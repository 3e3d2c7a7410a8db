/** An experiment in words: what is loaded, what happens to each batch, what is built, how it runs. */

import type { IterateOptions } from '../pipeline/description/batch-options.js'
import type { ExperimentSpec } from '../pipeline/description/content/experiment-spec.js'
import type { PipelineSpec } from '../pipeline/description/content/pipeline-spec.js'
import { type PlannedModel, plannedClass, plannedModels } from '../pipeline/description/content/planned-models.js'
import { actionNumber, actionsOf, blocksOf, rowOf } from '../pipeline/description/content/visit-actions.js'
import { printExpression } from '../pipeline/description/expressions/print-expression.js'
import type { Registry } from '../pipeline/description/registry.js'
import type { LoadedModule, ModulesOfFile } from '../pipeline/yaml/index.js'
import type { JsonObject, JsonValue } from '../util/json.js'
import { inferCheckpoint } from './checkpoint/settings.js'
import { passOptions } from './run/pass.js'

/**
 * Returns the plan of an experiment as text, with the code that it loads. Reads no data, builds no model, loads no code.
 *
 * @example
 * console.log(explainExperiment(spec, registry))
 */
export function explainExperiment(spec: ExperimentSpec, registry: Registry, modules?: ModulesOfFile): string {
  const datasets = Object.entries(spec.datasets).map(([name, { openset, ...options }]) => {
    const row = registry.opensets[openset]
    const parts = row?.parts.map(part => `${name}.${part}`).join(', ')
    return `  ${name}: ${[openset, Object.keys(options).length > 0 && printArgs(options), row?.summary, parts].filter(Boolean).join(' · ')}`
  })
  return [
    `${spec.title} (${spec.name}), seed ${spec.seed}`,
    '',
    'datasets',
    ...datasets,
    '',
    'pipelines',
    ...Object.entries(spec.pipelines).flatMap(explainPipeline),
    '',
    'models',
    ...explainModels(spec, registry),
    '',
    ...(modules && modules.loaded.length > 0 ? ['code', ...modules.loaded.map(one => `  ${describeModule(one)}`), ''] : []),
    'run',
    ...explainRun(spec),
    '',
    'report',
    ...spec.report.charts.map((chart, i) => {
      const [kind, options] = Object.entries(chart)[0]!
      return `  ${i + 1} ${kind}: ${options.title ?? printArgs(options)}`
    }),
  ].join('\n')
}

/** The code of a module that a run loads, and where: `/scans/blur.mjs (default), in train, action 2 (applyParallel)`. */
export function describeModule({ place, export: name, pipeline, action }: LoadedModule): string {
  return `${place} (${name}), in ${pipeline}, action ${action.number} (${action.name})`
}

function explainPipeline([name, spec]: [string, PipelineSpec]): string[] {
  const own = spec.batch ? `, its batches: ${printArgs(spec.batch)}` : ''
  const head = `  ${name}${spec.dataset === undefined ? '' : ` over ${spec.dataset}`}${own}`
  const actions = [...actionsOf(spec)].map(({ name, args, path }) => {
    const indent = '  '.repeat(path.length / 3 + 2)
    return `${indent}${actionNumber(path)} ${name} ${printArgs(shorten(name, args))}`.trimEnd()
  })
  return [head, ...actions]
}

/** A model's config is printed with the models, the actions of a block below the action that contains them. */
function shorten(action: string, args: JsonObject): JsonObject {
  const left = [...blocksOf(action, args).map(([block]) => block), rowOf(action)?.builds?.(args).configKey]
  return Object.fromEntries(Object.entries(args).filter(([key]) => !left.includes(key)))
}

function explainModels({ pipelines }: ExperimentSpec, registry: Registry): string[] {
  return Object.entries(pipelines).flatMap(([pipeline, described]) =>
    [...plannedModels(described)].flatMap(model => {
      const { name, mode, modelClass = classWords(model) } = model.build
      const entries = model.config ? Object.entries(model.config) : [['config', model.build.config] as const]
      return [
        `  ${name}: ${modelClass}, ${mode}, built in ${pipeline}${describeSize(model, registry)}`,
        ...entries.map(([key, value]) => `    ${key}: ${printExpression(value)}`),
      ]
    }),
  )
}

function classWords({ classInConfig }: PlannedModel): string {
  const [, named] = classInConfig ?? []
  return typeof named === 'string' ? named : named === undefined ? 'of the class that its config names' : printExpression(named)
}

/** What a class of the zoo reports about a config without building it; a user's class may report nothing. */
interface Describing {
  describe?(config: JsonObject): { countParameters(): number }
}

function describeSize(model: PlannedModel, { models }: Registry): string {
  try {
    const modelClass = plannedClass(model, { models, values: {} }) as Describing | undefined
    const count = model.config && modelClass?.describe?.(model.config).countParameters()
    return count === undefined ? '' : `, ${count.toLocaleString('en-US')} trainable parameters`
  } catch {
    // A config that reads the batch is unknown before there is one.
    return ''
  }
}

function explainRun(spec: ExperimentSpec): string[] {
  const { run, seed } = spec
  return [
    `  ${run.iterations} rounds; in each, one batch of ${run.turns.join(', then ')}: ${printBatch(run.batch, seed)}`,
    ...(run.every ?? []).map(
      pass =>
        `  after every ${pass.rounds} rounds and the last, all of ${pass.pipeline}: ${printBatch(passOptions(spec, pass) as IterateOptions, seed)}`,
    ),
    ...(run.record.length > 0 ? [`  recorded after each round: ${run.record.join(', ')}`] : []),
    ...(run.checkpoint === undefined ? [] : [`  checkpoints: ${printCheckpoint(run.checkpoint)}`]),
    ...run.after.map(({ pipeline, batch }) => `  then ${pipeline}, once: ${printBatch(batch, seed)}`),
  ]
}

function printBatch({ batchSize, shuffle = false, epochs, iterations, tail, dropLast }: IterateOptions, seed: number): string {
  const order =
    shuffle === false
      ? 'in order'
      : `shuffled by ${typeof shuffle === 'function' ? 'a function' : `seed ${shuffle === true ? seed : shuffle}`}`
  const count = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`
  const end = iterations
    ? count(iterations, 'batch').replace('batchs', 'batches')
    : epochs
      ? count(epochs, 'epoch')
      : epochs === null
        ? 'endless'
        : ''
  const last =
    tail === 'short' ? 'a shorter last batch in each epoch' : (dropLast || tail === 'drop') && 'without a last batch that is not full'
  return [`${batchSize} items per batch`, order, end, last].filter(Boolean).join(', ')
}

function printArgs(args: Readonly<Record<string, JsonValue>>): string {
  return Object.entries(args)
    .map(([key, value]) => `${key}: ${printExpression(value)}`)
    .join(', ')
}

function printCheckpoint(spec: NonNullable<ExperimentSpec['run']['checkpoint']>): string {
  const settings = inferCheckpoint(spec)
  if (!settings) return 'none'
  const { every, everySeconds, keep } = settings
  const times = [every === undefined ? [] : `each ${every} rounds`, everySeconds === undefined ? [] : `each ${everySeconds} s`].flat()
  return `${times.join(' and ')}, ${keep} kept`
}
