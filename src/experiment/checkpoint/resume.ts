/** Finds where an interrupted run can continue: its newest intact checkpoint. */
import { existsSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, MillraceError } from '../../errors/index.js'
import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import type { RunVersions } from '../../report/index.js'
import type { Experiment } from '../experiment.js'
import type { ExperimentResults } from '../results.js'
import { describeVersions, type EngineFacts, NOT_LOADED } from '../run/machine.js'
import { differences } from './differences.js'
import { dataDifferences, machineDifferences, type RunEnvironment } from './environment.js'
import { areDone, finishedResults, isRun } from './find-run.js'
import { free, freePaths } from './free-paths.js'
import { type RunState, readState, restorePipelines } from './run-state.js'
import { type Checkpoint, CheckpointStore } from './store.js'

/** What is left of a run: a state to continue from, everything, or nothing because it was interrupted before its first checkpoint. */
export type Found =
  | { readonly kind: 'state'; readonly state: RunState; readonly checkpoint: Checkpoint; readonly store: CheckpointStore }
  | { readonly kind: 'finished'; readonly results: ExperimentResults }
  | { readonly kind: 'unbegun' }

export type Warn = (warning: MillraceError) => void

/** What a run writes at its end; outdated once the run continues. */
const outputs = ['results.json', 'report.html', 'models']

/**
 * Looks up what exists of a run. Changes nothing.
 *
 * @throws MillraceError `nothing-to-resume`, `checkpoints-damaged`, `resume-other-spec`, `resume-fewer-rounds`
 */
export async function findState(folder: string, spec: ExperimentSpec, warn: Warn): Promise<Found> {
  if (!isRun(folder)) fail('nothing-to-resume', { folder, seen: existsSync(folder) ? 'no config.yaml in it' : 'no such folder' })
  const results = finishedResults(folder)
  const store = new CheckpointStore(folder)
  const checkpoints = await store.list()
  for (const checkpoint of checkpoints) {
    const state = await readWhole(store, folder, checkpoint, warn)
    if (!state) continue
    checkSpec(folder, spec, state)
    if (results && areDone(results, spec.run.iterations)) return { kind: 'finished', results }
    return { kind: 'state', state, checkpoint, store }
  }
  if (results && areDone(results, spec.run.iterations)) return { kind: 'finished', results }
  if (checkpoints.length > 0) fail('checkpoints-damaged', { folder: join(folder, 'checkpoints'), count: checkpoints.length })
  warn(new MillraceError('resume-from-start', { folder }) as never)
  return { kind: 'unbegun' }
}

/** Restores the pipelines, and removes what the run wrote after that point. */
export async function restoreRun(folder: string, experiment: Experiment, found: Extract<Found, { kind: 'state' }>): Promise<void> {
  const { checkpoint, store } = found
  await restorePipelines(checkpoint.folder, experiment, found.state)
  await store.goBackTo(checkpoint)
  for (const name of outputs) await rm(join(folder, name), { recursive: true, force: true })
}

/** The state of a checkpoint; undefined, with a warning, if it is damaged. */
async function readWhole(store: CheckpointStore, folder: string, checkpoint: Checkpoint, warn: Warn): Promise<RunState | undefined> {
  const damage = await store.check(checkpoint)
  const state = damage === undefined ? await readState(checkpoint.folder) : undefined
  const why = damage ?? metricsDamage(join(folder, 'metrics.ndjson'), state!.metricsBytes)
  if (why === undefined) return state
  warn(new MillraceError('checkpoint-damaged', { folder: checkpoint.folder, why }) as never)
  return undefined
}

/** metrics.ndjson stays outside checkpoints because it only grows; a checkpoint records its length. */
function metricsDamage(path: string, bytes: number): string | undefined {
  const size = existsSync(path) ? statSync(path).size : 0
  return size < bytes ? `metrics.ndjson has ${size} bytes of the ${bytes} recorded` : undefined
}

function checkSpec(folder: string, spec: ExperimentSpec, { spec: before, begun, round }: RunState): void {
  const now = JSON.parse(JSON.stringify(spec)) as ExperimentSpec
  const paths = differences(before, now, freePaths(before, now, begun))
  if (paths.length > 0) fail('resume-other-spec', { folder, paths, free })
  if (spec.run.iterations < round) fail('resume-fewer-rounds', { folder, round, iterations: spec.run.iterations })
}

/**
 * Warns of other data, and of another way to compute, than those of the process before. Changes nothing.
 *
 * @throws MillraceError `resume-other-length` if a dataset whose order continues has another length
 */
export function warnOfEnvironment(
  folder: string,
  experiment: Experiment,
  { environment, begun }: RunState,
  data: RunEnvironment['data'],
  warn: Warn,
): void {
  if (!environment) return
  const { lengths, others } = dataDifferences(experiment, data, environment, begun)
  if (lengths.length > 0) fail('resume-other-length', { folder, seen: lengths.join('; ') })
  if (others.length > 0) warn(new MillraceError('resume-other-data', { seen: others.join('; ') }) as never)
  const machine = machineDifferences(environment)
  if (machine.length > 0) warn(new MillraceError('resume-other-machine', { seen: machine.join('; ') }) as never)
}

/** Other versions may compute different last bits. */
export function versionsWarning({ versions }: Pick<RunState, 'versions'>, engine?: EngineFacts): MillraceError | undefined {
  const now = describeVersions(engine)
  const isKnown = (name: keyof RunVersions) => ![versions[name], now[name]].includes(NOT_LOADED)
  const changed = (['millrace', 'node', 'tfjs', 'tensorflow'] as const).filter(name => isKnown(name) && versions[name] !== now[name])
  if (changed.length === 0) return undefined
  const seen = changed.map(name => `${name} ${now[name]}, before ${versions[name]}`).join('; ')
  return new MillraceError('resume-other-versions', { seen }) as never
}
