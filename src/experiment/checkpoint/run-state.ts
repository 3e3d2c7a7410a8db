/** The contents of a checkpoint: the state of every pipeline, and the results of the run so far. */
import { join } from 'node:path'
import type { ExperimentSpec } from '../../pipeline/description/content/experiment-spec.js'
import { restoreStates, saveStates } from '../../pipeline/index.js'
import type { RunVersions } from '../../report/index.js'
import { writeFlushed } from '../../util/files/durable-folder.js'
import { readRegular } from '../../util/files/read-file.js'
import type { Experiment } from '../experiment.js'
import { batchesOf } from '../run/batches-of.js'
import type { RecorderState } from '../run/recorder.js'
import type { RunEnvironment } from './environment.js'
import type { Progress } from './store.js'

const FILE = 'run.json'

/** Plain data. */
export interface RunState extends Progress {
  readonly spec: ExperimentSpec
  /** The pipelines that had begun; absent in a checkpoint of an earlier version, where all count as begun. */
  readonly begun?: readonly string[]
  readonly versions: RunVersions
  /** Absent in checkpoints of earlier versions. */
  readonly environment?: RunEnvironment
  /** When its first process started, and the seconds that all its processes worked. */
  readonly started: string
  readonly seconds: number
  readonly firstRoundSeconds?: number
  /** The length of metrics.ndjson. */
  readonly metricsBytes: number
  /** What was recorded: series, and how far lists were read. */
  readonly series: RecorderState['series']
  readonly marks?: RecorderState['marks']
  /** Milliseconds of every batch, by pipeline. */
  readonly laps: Readonly<Record<string, readonly number[]>>
  /** Milliseconds of the turns taken in the current round. */
  readonly ms: Readonly<Record<string, number>>
}

/** Writes the run's own part, and the states of the pipelines in a folder of their own. */
export async function writeState(folder: string, { pipelines }: Experiment, state: RunState): Promise<void> {
  await writeFlushed(join(folder, FILE), JSON.stringify(state))
  await saveStates(pipelines, join(folder, 'pipelines'))
}

/** The run's own part. */
export async function readState(folder: string): Promise<RunState> {
  return JSON.parse((await readRegular(join(folder, FILE))).toString('utf8')) as RunState
}

/** Restores every pipeline that had begun. */
export async function restorePipelines(
  folder: string,
  { spec, pipelines }: Experiment,
  { spec: before, begun }: Pick<RunState, 'spec' | 'begun'>,
): Promise<void> {
  // One that had not begun, or was added since, begins by its present description.
  const saved = Object.entries(pipelines).filter(([name]) => begun?.includes(name) ?? Object.hasOwn(before.pipelines, name))
  await restoreStates(Object.fromEntries(saved), join(folder, 'pipelines'), key => ({ prefetch: batchesOf(spec, key).prefetch as number }))
}
