/** `millrace run`: read → load → run → say how it went. */
import { resolve } from 'node:path'
import { defaultRunFolder, type Experiment, MillraceError, openExperiment, registry, runExperiment } from '../../experiment.js'
import { findHeadline } from '../../report.js'
import { exitCodes } from '../exit-codes.js'
import { listenForInterrupt } from '../interrupt.js'
import { Output, paint } from '../output.js'
import { readForCommand } from '../read-file.js'
import { errorToJson, reportError } from '../report-errors.js'
import { openProgress } from '../run/progress.js'
import { countRounds, summarizeRun } from '../run/summary.js'

export interface RunCommandOptions {
  readonly set: readonly string[]
  readonly out?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs an experiment file. What goes wrong before the first batch is wrong input; after it, the run failed. */
export async function run(file: string, { set, out, json, quiet }: RunCommandOptions): Promise<number> {
  const output = new Output(json, quiet)
  const outcome = readForCommand(file, set, output)
  if (outcome.code !== undefined) return outcome.code
  const { spec, sources, resolvedYaml } = outcome.read
  let experiment: Experiment
  try {
    experiment = await openExperiment(spec, registry, { sources })
  } catch (error) {
    return failed(error, false, output)
  }
  return runOpened(experiment, out || defaultRunFolder(spec.name), resolvedYaml(), output)
}

async function runOpened(experiment: Experiment, out: string, configYaml: string, output: Output): Promise<number> {
  const progress = openProgress(output)
  const interrupt = listenForInterrupt(() => {
    progress.stop()
    output.problem('stopping after this batch… (again to stop at once)')
  })
  let started = false
  try {
    const results = await runExperiment(experiment, {
      out,
      configYaml,
      signal: interrupt.signal,
      onRound: round => progress.round(round),
      onProblem: ({ message }) => output.problem(`files cannot be written at present and are kept in memory: ${message}`),
      onPhase: phase => {
        if (phase.phase === 'rounds')
          output.note(`${paint.bold(experiment.spec.title)}: ${countRounds(experiment.spec.run.iterations)} into ${out}`)
        started = true
        progress.phase(phase)
      },
    })
    progress.stop()
    output.result(summarizeRun(results, out, findHeadline(results.charts)))
    const { charts: _, ...plain } = results
    output.value({ ok: !results.interrupted, folder: resolve(out), report: resolve(out, 'report.html'), results: plain })
    return results.interrupted ? exitCodes.interrupted : exitCodes.done
  } catch (error) {
    progress.stop()
    const code = failed(error, started, output)
    if (started && !isElsewhere(error)) output.problem(`what was found until then is in ${out}`)
    return code
  } finally {
    interrupt.dispose()
    for (const pipeline of Object.values(experiment.pipelines)) pipeline.dispose()
  }
}

function failed(error: unknown, started: boolean, output: Output): number {
  reportError(error, output)
  output.value({ ok: false, errors: (error instanceof AggregateError ? error.errors : [error]).map(errorToJson) })
  return started || !isWrongInput(error) ? exitCodes.runFailed : exitCodes.wrongInput
}

/** Whether the run's files are not in its folder: the error says where they are. */
function isElsewhere(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isElsewhere)
  return error instanceof MillraceError && (error.code === 'run-files-rescued' || error.code === 'run-files-lost')
}

/** What is not set up and what is a defect is not the user's input. */
function isWrongInput(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isWrongInput)
  return error instanceof MillraceError && !['engine-missing', 'engine-broken'].includes(error.code)
}
