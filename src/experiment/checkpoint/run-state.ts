/** What a checkpoint keeps: where every pipeline stands, and what the run has found so far. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExperimentSpec } from '../../pipeline/spec/experiment-spec.js'
import type { RunVersions } from '../../report/index.js'
import { writeFlushed } from '../../util/durable-folder.js'
import type { Experiment } from '../experiment.js'
import type { RecordedValue } from '../recorder.js'
import { toFolderName } from '../run-id.js'
import type { Progress } from './store.js'

const FILE = 'run.json'

/** Plain data. */
export interface RunState extends Progress {
  readonly spec: ExperimentSpec
  readonly versions: RunVersions
  /** When its first process started, and the seconds that all of them worked. */
  readonly started: string
  readonly seconds: number
  readonly firstRoundSeconds?: number
  /** How long metrics.ndjson was. */
  readonly metricsBytes: number
  readonly series: Readonly<Record<string, readonly RecordedValue[]>>
  /** Milliseconds of every batch, by pipeline. */
  readonly laps: Readonly<Record<string, readonly number[]>>
  /** Milliseconds of the turns taken in the round under way. */
  readonly ms: Readonly<Record<string, number>>
  /** The models that each pipeline had, its own and those it imported. */
  readonly models: Readonly<Record<string, readonly string[]>>
}

/** Writes the run's own part, and the state of each pipeline in a folder of its own. */
export async function writeState(folder: string, { pipelines }: Experiment, state: Omit<RunState, 'models'>): Promise<void> {
  const models = Object.fromEntries(Object.entries(pipelines).map(([key, pipeline]) => [key, [...pipeline.models.keys()]]))
  await writeFlushed(join(folder, FILE), JSON.stringify({ ...state, models } satisfies RunState))
  for (const [key, at] of foldersOf(folder, pipelines)) await pipelines[key]!.saveState(at)
}

/** The run's own part. */
export async function readState(folder: string): Promise<RunState> {
  return JSON.parse(await readFile(join(folder, FILE), 'utf8')) as RunState
}

/** Puts every pipeline where it stood. */
export async function restorePipelines(folder: string, { spec, pipelines }: Experiment, { models }: RunState): Promise<void> {
  const folders = foldersOf(folder, pipelines)
  for (const [key, at] of folders) await pipelines[key]!.restoreState(at, { prefetch: spec.pipelines[key]!.batch?.prefetch as number })
  // A model may be imported from a pipeline that imported it itself: as many passes as there are pipelines reach every one.
  for (const _ of folders) for (const [key] of folders) pipelines[key]!.linkModels(models[key] ?? [])
}

/** Pipelines in the order of their names, so that one order of keys is as good as another. */
function foldersOf(folder: string, pipelines: Experiment['pipelines']): readonly (readonly [key: string, folder: string])[] {
  return Object.keys(pipelines)
    .sort()
    .map((key, i) => [key, join(folder, 'pipelines', `${i + 1}-${toFolderName(key)}`)])
}
