/** Several pipelines taking turns, described and bound: the fluent counterpart of a YAML file. */

import type { ChartSpec } from '../contracts/charts.js'
import { fail, type SourceLocation } from '../errors/index.js'
import { callSite } from '../pipeline/call-site.js'
import type { IterateOptions } from '../pipeline/description/batch-options.js'
import { renamed } from '../pipeline/description/content/edits.js'
import type { CheckpointSpec, DatasetSpec, ExperimentSpec, PassSpec, RunOnceSpec } from '../pipeline/description/content/experiment-spec.js'
import { inferRun } from '../pipeline/description/content/infer-run.js'
import type { PipelineSpec } from '../pipeline/description/content/pipeline-spec.js'
import { actionsOf, locationOf, rowOf } from '../pipeline/description/content/visit-actions.js'
import { LIVE } from '../pipeline/description/expressions/operations.js'
import type { Pipeline } from '../pipeline/index.js'
import type { ModulesOfFile } from '../pipeline/yaml/index.js'
import { clonePlain, deepFreeze } from '../util/json.js'

/** An experiment: its description (plain data, the same from YAML and TypeScript) and its pipelines, ready to run. */
export interface Experiment {
  readonly spec: ExperimentSpec
  readonly pipelines: Readonly<Record<string, Pipeline<any>>>
  /** The line that described it, for errors; absent if it was read from a file. */
  readonly source?: SourceLocation | undefined
  /** The code it may load, if it was read from a file. */
  readonly modules?: ModulesOfFile
}

/** How the pipelines run: `RunSpec` with optional keys. */
export interface RunOptions {
  /** Rounds: in each, every pipeline of `turns` takes one batch. */
  readonly iterations: number
  /** The batches of every pipeline in `turns`. */
  readonly batch: IterateOptions
  /** The pipelines that take turns, in order. Default: all that are not in `after`, in their order. */
  readonly turns?: readonly string[]
  /** Variables (`pipeline.variable`) recorded after each round. Default: none. */
  readonly record?: readonly string[]
  /** Pipelines that are run to their end between rounds, e.g. an exam on the whole test set each 100 rounds. Default: none. */
  readonly every?: readonly PassSpec[]
  /** Pipelines that are run once, after the last round. Default: none. */
  readonly after?: readonly RunOnceSpec[]
  /** When the state of the run is written, so that `resume: true` can continue from there. Default: once per minute; false for never. */
  readonly checkpoint?: CheckpointSpec | boolean
}

export interface ExperimentOptions {
  /** The name of its run folders. */
  readonly name: string
  /** The heading of its report. Default: the name. */
  readonly title?: string
  /** Paragraphs of Markdown-free text above the report's charts. Default: none. */
  readonly description?: string
  /** The seed that initial weights, dropout and `shuffle: true` derive from. Default 0. */
  readonly seed?: number
  /** Where datasets come from, by name. Default: each dataset's own source, as open sets have. */
  readonly datasets?: Readonly<Record<string, DatasetSpec>>
  readonly pipelines: Readonly<Record<string, Pipeline<any>>>
  readonly run: RunOptions
  /** The charts of its report, each an object whose only key is its kind. Default: none. */
  readonly report?: { readonly charts: readonly ChartSpec[] }
}

/**
 * Returns an experiment of live pipelines. Its spec equals that of the equivalent YAML file: pipelines are named by their keys,
 * datasets by their own names.
 *
 * @example
 * const compare = experiment({
 *   name: 'compare',
 *   pipelines: { train, test },
 *   run: { iterations: 500, batch: { batchSize: 300, epochs: null, shuffle: 2 }, record: ['test.loss'] },
 * })
 * await runExperiment(compare, { out: 'runs/compare/1' })
 *
 * @throws MillraceError `pipeline-not-in-experiment` if one imports a model from, joins or merges a pipeline that is not among its own.
 */
export function experiment(options: ExperimentOptions): Experiment {
  const { name, title = name, description = '', seed = 0, pipelines, run, report } = options
  const spec: ExperimentSpec = {
    name,
    title,
    description,
    seed,
    datasets: options.datasets ?? datasetsOf(Object.values(pipelines)),
    pipelines: Object.fromEntries(Object.entries(pipelines).map(([key, pipeline]) => [key, describe(key, pipeline, pipelines)])),
    run: inferRun(run, Object.keys(pipelines)),
    report: { charts: report?.charts ?? [] },
  }
  return Object.freeze({ spec: deepFreeze(clonePlain(spec)), pipelines: Object.freeze({ ...pipelines }), source: callSite() })
}

/** A pipeline's spec in which pipelines are named by their keys in the experiment. */
function describe(key: string, { spec, bindings }: Pipeline, pipelines: Readonly<Record<string, Pipeline<any>>>): PipelineSpec {
  const keys = Object.keys(pipelines)
  const names = Object.fromEntries(
    Object.entries(bindings.pipelines).flatMap(([name, source]) => {
      const own = keys.find(other => pipelines[other] === source)
      return own === undefined ? [] : [[name, own]]
    }),
  )
  for (const action of actionsOf(spec)) {
    for (const { kind, name } of rowOf(action.name)?.uses?.(action.args) ?? []) {
      if (kind !== 'pipeline' || Object.hasOwn(names, name)) continue
      const details = { action: action.name, model: action.args.name as string | undefined, pipelines: keys }
      fail('pipeline-not-in-experiment', details, locationOf(key, action, bindings.sources))
    }
  }
  return renamed(spec, { pipeline: names })
}

/** Open sets know their source; other datasets cannot be described, only named. */
function datasetsOf(pipelines: readonly Pipeline[]): Record<string, DatasetSpec> {
  const datasets = pipelines.flatMap(({ bindings }) => Object.entries(bindings.datasets))
  return Object.fromEntries(datasets.map(([name, { origin }]) => [name.split('.')[0]!, origin ?? { openset: LIVE }]))
}
