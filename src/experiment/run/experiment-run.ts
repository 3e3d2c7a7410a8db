/** A run in progress: its results so far, its errors, and where it can continue. */

import { MillraceError } from '../../errors/index.js'
import type { RunFolder } from '../../report/index.js'
import { Checkpointer } from '../checkpoint/checkpointer.js'
import { describeData, describeEnvironment, engineDifferences } from '../checkpoint/environment.js'
import type { Warn } from '../checkpoint/resume.js'
import { type RunState, writeState } from '../checkpoint/run-state.js'
import { inferCheckpoint } from '../checkpoint/settings.js'
import { CheckpointStore } from '../checkpoint/store.js'
import type { Experiment } from '../experiment.js'
import { builtModels, writeModels } from '../models.js'
import { type ExperimentResults, toResults } from '../results.js'
import { renderPage } from '../write.js'
import { runAfter } from './after.js'
import { engineFacts } from './engine-facts.js'
import { Interruption } from './interruption.js'
import { describeVersions } from './machine.js'
import { Recorder } from './recorder.js'
import { type Round, type RoundsPosition, runRounds } from './rounds.js'
import type { RunExperimentOptions } from './run-options.js'
import { Stopwatch } from './stopwatch.js'

/** What an earlier process of the same run left. */
export interface Earlier {
  readonly state: RunState
  readonly store: CheckpointStore
}

export class ExperimentRun {
  readonly errors: unknown[] = []
  readonly #clock = performance.now()
  readonly #stopwatch = new Stopwatch()
  readonly #recorder: Recorder
  readonly #checkpointer: Checkpointer<RoundsPosition> | undefined
  readonly #started: string
  readonly #from: RoundsPosition
  #done: number
  #stoppedBy: string | undefined
  #isComplete = false
  #firstRoundSeconds: number | undefined
  #data: ReturnType<typeof describeData> | undefined
  readonly #experiment: Experiment
  readonly #earlier: Earlier | undefined
  readonly #warn: Warn

  constructor(
    experiment: Experiment,
    readonly folder: RunFolder,
    earlier: Earlier | undefined,
    warn: Warn,
  ) {
    this.#experiment = experiment
    this.#earlier = earlier
    this.#warn = warn
    const { run } = experiment.spec
    const { store = new CheckpointStore(folder.path), state } = earlier ?? {}
    const settings = inferCheckpoint(run.checkpoint)
    this.#recorder = new Recorder(experiment.pipelines, run.record)
    this.#from = state ?? { round: 0, turn: 0, ms: {} }
    this.#done = this.#from.round
    this.#started = state?.started ?? new Date().toISOString()
    this.#firstRoundSeconds = state?.firstRoundSeconds
    if (settings) this.#checkpointer = new Checkpointer({ store, settings, warn, save: (at, position) => this.#save(at, position) })
    if (state) {
      this.#recorder.restore(state)
      this.#stopwatch.restore(state.laps)
      folder.syncMetrics()
    }
  }

  /** The rounds and what follows them. An error is kept for later: results must be written first. */
  async take({ signal, profile, onRound, onPhase, onProblem }: RunExperimentOptions): Promise<void> {
    const { folder } = this
    let warned = false
    let isWritten = false
    const note = async (round: Round) => {
      this.#compareEngines()
      this.#done = round.iteration
      this.#firstRoundSeconds ??= this.#seconds()
      folder.appendMetrics({ iteration: round.iteration, ...round.values, ms: round.ms })
      if (folder.problem && !warned) onProblem?.(folder.problem)
      warned ||= folder.problem !== undefined
      if (!folder.gone && !isWritten) await this.#checkpointer?.afterRound({ round: round.iteration, turn: 0, ms: {} })
      onRound?.(round)
    }
    const writeCheckpoint = async (position: RoundsPosition) => {
      isWritten = true
      if (!folder.gone) await this.#checkpointer?.write(position)
    }
    const interruption = new Interruption(signal)
    const shared = { stopwatch: this.#stopwatch, interruption, profile }
    try {
      const { position, stoppedBy } = await runRounds(this.#experiment, {
        ...shared,
        from: this.#from,
        recorder: this.#recorder,
        onRound: note,
        onLastPasses: writeCheckpoint,
      })
      this.#stoppedBy = stoppedBy
      if (position) await writeCheckpoint(position)
      if (interruption.requested) return
      this.#isComplete = await runAfter(this.#experiment, { ...shared, onPipeline: pipeline => onPhase?.({ phase: 'after', pipeline }) })
    } catch (error) {
      if (!interruption.isReason(error)) this.errors.push(error)
    } finally {
      interruption.close()
    }
  }

  /** Small files first, then the weights: if the disk fills up, only the last are lost. */
  async write(configYaml: string): Promise<ExperimentResults> {
    const { folder, errors } = this
    const interrupted = !this.#isComplete && errors.length === 0
    const models = builtModels(this.#experiment)
    const facts = {
      started: this.#started,
      seconds: this.#seconds(),
      firstRoundSeconds: this.#firstRoundSeconds,
      done: this.#done,
      stoppedBy: this.#stoppedBy,
      interrupted,
      error: errors[0],
      engine: engineFacts(models.values()),
    }
    const results = toResults(this.#experiment, this.#recorder, this.#stopwatch, facts)
    folder.writeJson('results.json', results)
    folder.writeText('report.html', await renderPage(results, configYaml, errors))
    const unsaved = await writeModels(models, folder)
    try {
      folder.finish()
      errors.push(...unsaved)
    } catch (error) {
      // That everything is in the other folder is reported once.
      errors.push(...unsaved.filter(({ code }) => code !== 'weights-rescued'), error)
    }
    return results
  }

  /** After the first round of a resumed run, its models have been trained: in the same way as before? */
  #compareEngines(): void {
    const { environment } = this.#earlier?.state ?? {}
    if (!environment || this.#done > this.#from.round) return
    const seen = engineDifferences(this.#experiment, environment).join('; ')
    if (seen !== '') this.#warn(new MillraceError('resume-other-engine', { seen }) as never)
  }

  async #save(folder: string, position: RoundsPosition): Promise<void> {
    const metricsBytes = this.folder.syncMetrics()
    if (metricsBytes === undefined) throw this.folder.problem
    const [experiment, firstRoundSeconds] = [this.#experiment, this.#firstRoundSeconds]
    this.#data ??= describeData(experiment)
    await writeState(folder, experiment, {
      ...position,
      spec: experiment.spec,
      begun: Object.keys(experiment.pipelines).filter(name => experiment.pipelines[name]!.hasBegun),
      versions: describeVersions(engineFacts(builtModels(experiment).values())),
      environment: describeEnvironment(experiment, await this.#data),
      started: this.#started,
      seconds: this.#seconds(),
      ...(firstRoundSeconds === undefined ? {} : { firstRoundSeconds }),
      metricsBytes,
      ...this.#recorder.state,
      laps: this.#stopwatch.state,
    })
  }

  /** Seconds of work, including earlier processes. */
  #seconds(): number {
    return (this.#earlier?.state.seconds ?? 0) + (performance.now() - this.#clock) / 1000
  }
}
