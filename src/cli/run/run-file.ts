/** The work of `millrace run`: read → load → run → report. */
import { resolve } from 'node:path'
import {
  canResume,
  type Experiment,
  MillraceError,
  openExperiment,
  type Phase,
  printable,
  registry,
  runExperiment,
} from '../../experiment.js'
import { type ProfileRow, setLogger } from '../../index.js'
import { findChartProblems, findHeadlines } from '../../report.js'
import { exitCodes } from '../exit-codes.js'
import { Output, paint } from '../output.js'
import { readForCommand } from '../read-file.js'
import { errorToJson, reportError, reportWarning } from '../report-errors.js'
import { ProgressDisplay } from './progress.js'
import type { RunCommandOptions } from './run-options.js'
import { countRounds, summarizeRun } from './summary.js'

/** How a run is stopped, and what it says meanwhile. */
interface Control {
  readonly signal: AbortSignal
  /** Everything has been checked: there is something to report from here on. */
  readonly begun: () => void
  /** The signal has been heard. The listener says so, for what this thread writes waits while it computes. */
  readonly heard: () => void
}

/** Runs an experiment file and returns the exit code; `interrupted` if the signal stopped it. */
export async function runFile(
  file: string,
  { out, resume = false, profile = false, json, quiet, ...options }: RunCommandOptions,
  control: Control,
): Promise<number> {
  const output = new Output(json, quiet)
  const outcome = readForCommand(file, options, output)
  if (outcome.code !== undefined) return outcome.code
  const { spec, sources, modules, resolvedYaml } = outcome.read
  let experiment: Experiment
  try {
    experiment = await openExperiment(spec, registry, { sources, modules })
  } catch (error) {
    return failed(error, false, output)
  }
  return runOpened(experiment, { ...(out ? { out } : {}), resume, profile, configYaml: resolvedYaml() }, output, control)
}

interface OpenedRun {
  readonly out?: string
  readonly resume: boolean
  readonly profile: boolean
  readonly configYaml: string
}

async function runOpened(experiment: Experiment, options: OpenedRun, output: Output, control: Control): Promise<number> {
  const progress = new ProgressDisplay(output)
  setLogger(line => output.result(printable(line)))
  const hear = () => {
    progress.stop()
    control.heard()
  }
  control.signal.addEventListener('abort', hear, { once: true })
  let started = false
  let out = ''
  try {
    const results = await runExperiment(experiment, {
      ...options,
      onFolder: folder => {
        out = folder
      },
      signal: control.signal,
      onRound: round => progress.round(round),
      onProblem: ({ message }) => output.problem(`files cannot be written at present and are kept in memory: ${message}`),
      onWarning: warning => reportWarning(warning, output),
      onPhase: phase => {
        sayBeginning(phase, experiment, out, output)
        control.begun()
        started = true
        progress.phase(phase)
      },
    })
    progress.stop()
    output.result(summarizeRun(results, out, [...findHeadlines(results.charts), ...(await findChartProblems(results.charts))]))
    if (results.interrupted && canResume(out)) output.problem('to resume: the same command with --resume')
    const { charts: _, ...plain } = results
    const files = { folder: resolve(out), report: resolve(out, 'report.html') }
    const profile = options.profile ? { profile: sayProfile(experiment, output) } : {}
    output.value({ ok: !results.interrupted, ...files, results: plain, ...profile })
    return results.interrupted ? exitCodes.interrupted : exitCodes.done
  } catch (error) {
    progress.stop()
    const code = failed(error, started, output)
    if (started && !isElsewhere(error)) output.problem(`the results so far are in ${out}`)
    return code
  } finally {
    setLogger()
    control.signal.removeEventListener('abort', hear)
    for (const pipeline of Object.values(experiment.pipelines)) pipeline.dispose()
  }
}

function sayBeginning(phase: Phase, { spec }: Experiment, out: string, output: Output): void {
  const title = paint.bold(printable(spec.title))
  if (phase.phase === 'finished') output.note(`${title}: this run has already ended; nothing is left to do`)
  if (phase.phase !== 'rounds') return
  const { iterations } = spec.run
  if (phase.done === 0) output.note(`${title}: ${countRounds(iterations)} into ${out}`)
  else output.note(`${title}: resuming after round ${phase.done} of ${iterations}, in ${out}`)
}

/** Prints the cost of each pipeline's actions as tables and returns their rows. */
function sayProfile({ pipelines }: Experiment, output: Output): Readonly<Record<string, readonly ProfileRow[]>> {
  for (const [name, pipeline] of Object.entries(pipelines))
    output.result(`\n${paint.bold(printable(name))}\n${printable(pipeline.profileTable())}`)
  return Object.fromEntries(Object.entries(pipelines).map(([name, { profile }]) => [name, profile]))
}

function failed(error: unknown, started: boolean, output: Output): number {
  reportError(error, output)
  output.value({ ok: false, errors: (error instanceof AggregateError ? error.errors : [error]).map(errorToJson) })
  return started || !isWrongInput(error) ? exitCodes.runFailed : exitCodes.wrongInput
}

/** Returns true if the run's files are not in its folder; the error says where they are. */
function isElsewhere(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isElsewhere)
  return error instanceof MillraceError && (error.code === 'run-files-rescued' || error.code === 'run-files-lost')
}

/** A missing setup or a defect is not wrong input. */
function isWrongInput(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isWrongInput)
  return error instanceof MillraceError && !['engine-missing', 'engine-broken'].includes(error.code)
}
