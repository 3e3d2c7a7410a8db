/** Runs an experiment and writes its folder: check → rounds → after → write. Or continues an interrupted run. */
import { readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { plannedModels } from '../../pipeline/description/content/planned-models.js'
import type { ModelClass } from '../../pipeline/index.js'
import { dumpExperiment, SAVED_MODULES, toSavedModules } from '../../pipeline/yaml/index.js'
import { openRunFolder } from '../../report/index.js'
import { isLeftover } from '../../util/files/durable-folder.js'
import { adoptEnvironment, describeData } from '../checkpoint/environment.js'
import { isRun, newestRunFolder } from '../checkpoint/find-run.js'
import { findState, restoreRun, versionsWarning, warnOfEnvironment } from '../checkpoint/resume.js'
import { checkExperiment } from '../checks/check.js'
import type { Experiment } from '../experiment.js'
import { builtModels, modelClassOf } from '../models.js'
import type { ExperimentResults } from '../results.js'
import { throwAll } from '../write.js'
import { engineFacts } from './engine-facts.js'
import { ExperimentRun } from './experiment-run.js'
import { watchLateErrors } from './late-errors.js'
import { createRunFolder } from './run-id.js'
import { lockRun } from './run-lock.js'
import type { RunExperimentOptions } from './run-options.js'

/**
 * Runs an experiment and writes config.yaml, metrics.ndjson and checkpoints/ (during the run), results.json, report.html and models/.
 * Everything is checked before the first batch. An error during the run ends it: results so far are written, then the error is
 * thrown; so does one that a function throws after it has returned. One process at a time writes a folder: it has a lock until the run ends.
 *
 * @example
 * const results = await runExperiment(compare, { out: 'runs/compare/1' })
 * results.variables['test.loss']
 * await runExperiment(compare, { out: 'runs/compare/1', resume: true }) // continues where a killed process stopped
 *
 * @throws MillraceError of a check or `run-folder-in-use`, before the first batch; of a batch, with its pipeline and number; `weights-rescued`,
 * `weights-not-written`, `run-files-rescued`, `run-files-lost` if the disk fails. `AggregateError` if there are several. With
 * `resume`: `nothing-to-resume`, `checkpoints-damaged`, `resume-other-spec`, `resume-fewer-rounds`, `resume-other-length`
 */
export async function runExperiment(experiment: Experiment, options: RunExperimentOptions = {}): Promise<ExperimentResults> {
  checkExperiment(experiment)
  const { out, resume, onFolder } = options
  // With `resume` after the settings that the run had are adopted.
  if (!resume) await prepareModels(experiment)
  const { name } = experiment.spec
  const given = out ?? (resume ? newestRunFolder(name) : createRunFolder(name))
  onFolder?.(given)
  const folder = resolve(given)
  if (resume && !isRun(folder)) return runInFolder(experiment, folder, options)
  const lock = lockRun(folder)
  try {
    for (const each of [folder, join(folder, 'checkpoints')]) removeLeftovers(each)
    return await runInFolder(experiment, folder, options)
  } finally {
    lock.release()
  }
}

async function runInFolder(experiment: Experiment, folder: string, options: RunExperimentOptions): Promise<ExperimentResults> {
  const { signal, onPhase, configYaml = dumpExperiment(experiment.spec) } = options
  const opened = await open(experiment, folder, options)
  if ('results' in opened) {
    onPhase?.({ phase: 'finished' })
    return opened.results
  }
  const { run, done } = opened
  run.folder.writeText('config.yaml', configYaml)
  const modules = experiment.modules && toSavedModules(experiment.modules)
  if (modules) run.folder.writeJson(SAVED_MODULES, modules)
  onPhase?.({ phase: 'rounds', done })
  const late = watchLateErrors(signal)
  try {
    await run.take({ ...options, signal: late.signal })
    run.errors.push(...late.take())
    onPhase?.({ phase: 'write' })
    const results = await run.write(configYaml)
    throwAll([...run.errors, ...late.take()])
    return results
  } finally {
    late.close()
  }
}

/** A new run; or one that continues from its newest checkpoint; or the results of one that has ended. */
async function open(
  experiment: Experiment,
  folder: string,
  { resume, fs, onWarning = () => undefined }: RunExperimentOptions,
): Promise<{ readonly run: ExperimentRun; readonly done: number } | { readonly results: ExperimentResults }> {
  const { spec } = experiment
  const found = resume ? await findState(folder, spec, onWarning) : undefined
  if (found?.kind === 'finished') return found
  if (found?.kind === 'state' && found.state.environment) adoptEnvironment(found.state.environment)
  if (resume) await prepareModels(experiment)
  if (found?.kind !== 'state') {
    const opened = openRunFolder(folder, fs ? { fs } : {})
    return { run: new ExperimentRun(experiment, opened, undefined, onWarning), done: 0 }
  }
  const data = await describeData(experiment)
  warnOfEnvironment(folder, experiment, found.state, data, onWarning)
  const { metricsBytes, round } = found.state
  const opened = openRunFolder(folder, { resume: true, metricsBytes, ...(fs ? { fs } : {}) })
  await restoreRun(folder, experiment, found)
  const changed = versionsWarning(found.state, engineFacts(builtModels(experiment).values()))
  if (changed) onWarning(changed)
  return { run: new ExperimentRun(experiment, opened, found, onWarning), done: round }
}

/** Removes what a killed process left unfinished; none is at work here but this one. */
function removeLeftovers(folder: string): void {
  try {
    for (const name of readdirSync(folder).filter(isLeftover)) rmSync(join(folder, name), { recursive: true, force: true })
  } catch {
    // There is no such folder, or it cannot be written: opening it says so.
  }
}

/** What models are built with must be available before a folder is created for the run. */
async function prepareModels({ pipelines }: Experiment): Promise<void> {
  for (const { spec, bindings } of Object.values(pipelines)) {
    for (const model of plannedModels(spec)) await (modelClassOf(model, bindings) as Partial<ModelClass> | undefined)?.prepare?.()
  }
}
