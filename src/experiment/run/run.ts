/** Runs an experiment and leaves its folder: check → rounds → after → write. Or goes on with a run that was interrupted. */
import { resolve } from 'node:path'
import type { MillraceError } from '../../errors/index.js'
import { modelBuilds } from '../../pipeline/description/content/visit-actions.js'
import type { ModelClass } from '../../pipeline/index.js'
import { dumpExperiment } from '../../pipeline/yaml/index.js'
import { type OpenRunFolderOptions, openRunFolder } from '../../report/index.js'
import { newestRunFolder } from '../checkpoint/find-run.js'
import { findState, restoreRun, versionsWarning } from '../checkpoint/resume.js'
import { checkExperiment } from '../checks/check.js'
import type { Experiment } from '../experiment.js'
import type { ExperimentResults } from '../results.js'
import { throwAll } from '../write.js'
import { ExperimentRun } from './experiment-run.js'
import type { Round } from './rounds.js'
import { defaultRunFolder } from './run-id.js'

/**
 * What a run is doing: taking turns (`done` rounds were done by an earlier process), running a pipeline of `after`, writing what it found;
 * or nothing, for the run that was to be resumed had ended.
 */
export type Phase =
  | { readonly phase: 'rounds'; readonly done: number }
  | { readonly phase: 'after'; readonly pipeline: string }
  | { readonly phase: 'write' }
  | { readonly phase: 'finished' }

export interface RunExperimentOptions {
  /** The run's folder. Default: `runs/<name>/<time>`; with `resume` the newest of these. */
  readonly out?: string
  /**
   * Goes on with the run in that folder from its newest checkpoint. What it ends with is bit for bit what the run would have given had it
   * not been interrupted. A run that has ended gives its results again. Default false.
   */
  readonly resume?: boolean
  /** Stops the run after the batch under way. What was found until then is written, `interrupted: true`. */
  readonly signal?: AbortSignal
  /** Whether it is noted what each action costs: `experiment.pipelines.train.profile` tells afterwards. Default false. */
  readonly profile?: boolean
  /** Called after each round. */
  readonly onRound?: (round: Round) => void
  /** Called when a phase begins. Before `rounds` everything is checked; a mistake up to there costs nothing. */
  readonly onPhase?: (phase: Phase) => void
  /** Called once when files cannot be written in the middle of the run. The run goes on; they are kept in memory and tried again. */
  readonly onProblem?: (error: Error) => void
  /** Called with what ends nothing and should be known: a damaged checkpoint that was passed over, one that could not be written. */
  readonly onWarning?: (warning: MillraceError) => void
  /** The text of config.yaml. Default: the spec as YAML. */
  readonly configYaml?: string
  /** The file system the folder is written with; a test of full disks gives a failing one. Default node:fs. */
  readonly fs?: OpenRunFolderOptions['fs']
}

/**
 * Runs an experiment and writes config.yaml, metrics.ndjson and checkpoints/ (as it goes), results.json, report.html and models/.
 * Everything is checked before the first batch. An error in the middle of the run ends it: what was found is written, then the error is
 * thrown.
 *
 * @example
 * const results = await runExperiment(compare, { out: 'runs/compare/1' })
 * results.variables.loss
 * await runExperiment(compare, { out: 'runs/compare/1', resume: true }) // goes on where a killed process was
 *
 * @throws MillraceError of a check, before the first batch; of a batch, with its pipeline and number; `weights-rescued`,
 * `weights-not-written`, `run-files-rescued`, `run-files-lost` where the disk fails. `AggregateError` where there are several. With
 * `resume`: `nothing-to-resume`, `checkpoints-damaged`, `resume-other-spec`, `resume-fewer-rounds`
 */
export async function runExperiment(experiment: Experiment, options: RunExperimentOptions = {}): Promise<ExperimentResults> {
  const { signal, onPhase, configYaml = dumpExperiment(experiment.spec) } = options
  checkExperiment(experiment)
  await prepareModels(experiment)
  const opened = await open(experiment, options)
  if ('results' in opened) {
    onPhase?.({ phase: 'finished' })
    return opened.results
  }
  const { run, done } = opened
  run.folder.writeText('config.yaml', configYaml)
  onPhase?.({ phase: 'rounds', done })
  await run.take(options)
  onPhase?.({ phase: 'write' })
  const results = await run.write(configYaml, signal?.aborted ?? false)
  throwAll(run.errors)
  return results
}

/** A new run; or one that goes on from its newest checkpoint; or the results of one that has ended. */
async function open(
  experiment: Experiment,
  { out, resume, fs, onWarning = () => undefined }: RunExperimentOptions,
): Promise<{ readonly run: ExperimentRun; readonly done: number } | { readonly results: ExperimentResults }> {
  const { spec } = experiment
  const folder = resolve(out ?? (resume ? newestRunFolder(spec.name) : defaultRunFolder(spec.name)))
  const found = resume ? await findState(folder, spec, onWarning) : undefined
  if (found?.kind === 'finished') return found
  if (found?.kind !== 'state') {
    return { run: new ExperimentRun(experiment, openRunFolder(folder, fs ? { fs } : {}), undefined, onWarning), done: 0 }
  }
  const changed = versionsWarning(found.state)
  if (changed) onWarning(changed)
  const { metricsBytes, round } = found.state
  const opened = openRunFolder(folder, { resume: true, metricsBytes, ...(fs ? { fs } : {}) })
  await restoreRun(folder, experiment, found)
  return { run: new ExperimentRun(experiment, opened, found, onWarning), done: round }
}

/** Whatever models are built with must be there, before a folder is made for the run. */
async function prepareModels({ pipelines }: Experiment): Promise<void> {
  for (const { spec, bindings } of Object.values(pipelines)) {
    for (const { build } of modelBuilds(spec)) await (bindings.models[build.modelClass] as Partial<ModelClass>).prepare?.()
  }
}
