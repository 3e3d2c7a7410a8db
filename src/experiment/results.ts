/** results.json: the results of a run, as plain data that other programs can read. */
import { MillraceError } from '../errors/index.js'
import { prepareCharts, type RunResults } from '../report/index.js'
import type { Experiment } from './experiment.js'
import { builtModels } from './models.js'
import { reportSource } from './report-source.js'
import { describeMachine, describeVersions, type EngineFacts } from './run/machine.js'
import { type Recorded, type RecordedValue, recorded } from './run/recorded.js'
import type { Recorder } from './run/recorder.js'
import type { Stopwatch } from './run/stopwatch.js'

/** The contents of results.json: the report's part, and the recorded series. */
export interface ExperimentResults extends RunResults {
  /** Seconds from the start of the run to the end of its first round: building, first steps. Absent if no round ended. */
  readonly firstRoundSeconds?: number
  /** The recorded series over the rounds, by the names of metrics.ndjson, e.g. `{ 'test.loss': [2.31, …] }`; null for a round without a value. */
  readonly variables: Readonly<Record<string, readonly RecordedValue[]>>
  /** What the variables of every pipeline held at the end, e.g. `{ 'exam.accuracy': 0.98 }`, but for those that are recorded over the rounds. */
  readonly values: Recorded
}

/** The facts about a run that its results include. */
export interface RunFacts {
  /** The time in ISO 8601. */
  readonly started: string
  readonly seconds: number
  readonly firstRoundSeconds?: number
  readonly done: number
  readonly stoppedBy?: string | undefined
  readonly interrupted: boolean
  readonly error?: unknown
  readonly engine?: EngineFacts
}

/** Reduces an experiment that has ended, successfully or not, to its results. */
export function toResults(experiment: Experiment, recorder: Recorder, stopwatch: Stopwatch, facts: RunFacts): ExperimentResults {
  const { name, title, description, seed, run, report } = experiment.spec
  const { charts, summary } = prepareCharts(report.charts, reportSource(experiment, recorder, facts.interrupted))
  return {
    name,
    title,
    description,
    seed,
    started: facts.started,
    seconds: tenth(facts.seconds),
    ...(facts.firstRoundSeconds === undefined ? {} : { firstRoundSeconds: tenth(facts.firstRoundSeconds) }),
    iterations: { planned: run.iterations, done: facts.done },
    interrupted: facts.interrupted,
    ...(facts.stoppedBy === undefined ? {} : { stoppedBy: facts.stoppedBy }),
    ...(facts.error === undefined ? {} : { error: describeError(facts.error) }),
    versions: describeVersions(facts.engine),
    machine: describeMachine(facts.engine),
    timing: stopwatch.timing(),
    parameters: Object.fromEntries([...builtModels(experiment)].map(([model, { parameterCount }]) => [model, parameterCount])),
    ...summary,
    variables: recorder.series,
    values: finalValues(experiment),
    charts,
  }
}

/** Null for what cannot be recorded: functions, locks, tensors. */
function finalValues({ spec, pipelines }: Experiment): Recorded {
  const values: Record<string, RecordedValue> = {}
  for (const [pipeline, { variables }] of Object.entries(pipelines)) {
    for (const [name, value] of variables) {
      const ref = `${pipeline}.${name}`
      if (!spec.run.record.includes(ref)) Object.assign(values, recordedIfPossible(ref, value))
    }
  }
  return values
}

function recordedIfPossible(ref: string, value: unknown): Recorded {
  try {
    return recorded(ref, value)
  } catch {
    return { [ref]: null }
  }
}

function describeError(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof MillraceError) return { code: error.code, message: error.message }
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) }
}

const tenth = (seconds: number) => Math.round(seconds * 10) / 10
