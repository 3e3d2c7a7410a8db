/** Runs an experiment and leaves its folder: check → rounds → after → write. */
import type { ModelClass } from '../pipeline/index.js'
import { actionsOf } from '../pipeline/spec/walk-actions.js'
import { dumpExperiment } from '../pipeline/yaml/index.js'
import { type OpenRunFolderOptions, openRunFolder, type RunFolder } from '../report/index.js'
import { runAfter } from './after.js'
import { checkExperiment } from './check.js'
import { builtModels, writeCheckpoints } from './checkpoints.js'
import { engineFacts } from './engine-facts.js'
import type { Experiment } from './experiment.js'
import { Recorder } from './recorder.js'
import { type ExperimentResults, toResults } from './results.js'
import { type Round, runRounds } from './rounds.js'
import { defaultRunFolder } from './run-id.js'
import { Stopwatch } from './stopwatch.js'
import { renderPage, throwAll } from './write.js'

/** What a run is doing: taking turns, running a pipeline of `after`, or writing what it found. */
export type Phase = { readonly phase: 'rounds' } | { readonly phase: 'after'; readonly pipeline: string } | { readonly phase: 'write' }

export interface RunExperimentOptions {
  /** The run's folder. Default: `runs/<name>/<time>`. */
  readonly out?: string
  /** Stops the run after the batch under way. What was found until then is written, `interrupted: true`. */
  readonly signal?: AbortSignal
  /** Called after each round. */
  readonly onRound?: (round: Round) => void
  /** Called when a phase begins. Before `rounds` everything is checked; a mistake up to there costs nothing. */
  readonly onPhase?: (phase: Phase) => void
  /** Called once when files cannot be written in the middle of the run. The run goes on; they are kept in memory and tried again. */
  readonly onProblem?: (error: Error) => void
  /** The text of config.yaml. Default: the spec as YAML. */
  readonly configYaml?: string
  /** The file system the folder is written with; a test of full disks gives a failing one. Default node:fs. */
  readonly fs?: OpenRunFolderOptions['fs']
}

/**
 * Runs an experiment and writes config.yaml, metrics.ndjson (as it goes), results.json, report.html and checkpoints/. Everything is
 * checked before the first batch. An error in the middle of the run ends it: what was found is written, then the error is thrown.
 *
 * @example
 * const results = await runExperiment(compare, { out: 'runs/compare/1' })
 * results.variables.loss
 *
 * @throws MillraceError of a check, before the first batch; of a batch, with its pipeline and number; `checkpoint-rescued`,
 * `checkpoint-not-written`, `run-files-rescued`, `run-files-lost` where the disk fails. `AggregateError` where there are several.
 */
export async function runExperiment(experiment: Experiment, options: RunExperimentOptions = {}): Promise<ExperimentResults> {
  const { signal, onPhase, configYaml = dumpExperiment(experiment.spec), fs } = options
  checkExperiment(experiment)
  await prepareModels(experiment)
  const folder = openRunFolder(options.out ?? defaultRunFolder(experiment.spec.name), fs ? { fs } : {})
  const run = new ExperimentRun(experiment, folder)
  folder.writeText('config.yaml', configYaml)
  onPhase?.({ phase: 'rounds' })
  await run.take(options)
  onPhase?.({ phase: 'write' })
  const results = await run.write(configYaml, signal?.aborted ?? false)
  throwAll(run.errors)
  return results
}

/** Whatever models are built with must be there, before a folder is made for the run. */
async function prepareModels({ pipelines }: Experiment): Promise<void> {
  for (const { spec, bindings } of Object.values(pipelines)) {
    for (const { name, args } of actionsOf(spec)) {
      if (name === 'initModel') await (bindings.models[args.modelClass as string] as Partial<ModelClass>).prepare?.()
    }
  }
}

/** One run under way: what it has found so far, and what went wrong. */
class ExperimentRun {
  readonly errors: unknown[] = []
  private readonly started = new Date()
  private readonly clock = performance.now()
  private readonly stopwatch = new Stopwatch()
  private readonly recorder: Recorder
  private done = 0
  private firstRoundSeconds: number | undefined

  constructor(
    private readonly experiment: Experiment,
    private readonly folder: RunFolder,
  ) {
    this.recorder = new Recorder(experiment.pipelines, experiment.spec.run.record)
  }

  /** The rounds and what comes after them. An error is kept for later: what was found has to be written first. */
  async take({ signal, onRound, onPhase, onProblem }: RunExperimentOptions): Promise<void> {
    const { experiment, recorder, stopwatch, folder } = this
    let warned = false
    const note = (round: Round) => {
      this.done = round.iteration
      this.firstRoundSeconds ??= this.seconds()
      folder.appendMetrics({ iteration: round.iteration, ...round.values, ms: round.ms })
      if (folder.problem && !warned) onProblem?.(folder.problem)
      warned ||= folder.problem !== undefined
      onRound?.(round)
    }
    try {
      await runRounds(experiment, { recorder, stopwatch, signal, onRound: note })
      await runAfter(experiment, { stopwatch, signal, onPipeline: pipeline => onPhase?.({ phase: 'after', pipeline }) })
    } catch (error) {
      this.errors.push(error)
    }
  }

  /** Small files first, then the weights: a disk that fills up takes the last of them. */
  async write(configYaml: string, interrupted: boolean): Promise<ExperimentResults> {
    const { experiment, recorder, stopwatch, folder, errors, started, done, firstRoundSeconds } = this
    const models = builtModels(experiment)
    const facts = {
      started,
      seconds: this.seconds(),
      firstRoundSeconds,
      done,
      interrupted,
      error: errors[0],
      engine: engineFacts(models.values()),
    }
    const results = toResults(experiment, recorder, stopwatch, facts)
    folder.writeJson('results.json', results)
    folder.writeText('report.html', await renderPage(results, configYaml, errors))
    const unsaved = await writeCheckpoints(models, folder)
    try {
      folder.finish()
      errors.push(...unsaved)
    } catch (error) {
      // That everything is in the other folder is said once.
      errors.push(...unsaved.filter(({ code }) => code !== 'checkpoint-rescued'), error)
    }
    return results
  }

  private seconds(): number {
    return (performance.now() - this.clock) / 1000
  }
}
