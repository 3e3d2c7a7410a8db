/** Several pipelines saved as one, so that their states match. */
import { join } from 'node:path'
import { fail } from '../errors/index.js'
import { recoverFolder, refuseForeignFiles, writeFlushed, writeFolder } from '../util/files/durable-folder.js'
import { toFolderName } from '../util/files/folder-name.js'
import { readRegular } from '../util/files/read-file.js'
import type { HowOptions, Runnable } from './runnable.js'

const FORMAT = 'millrace-pipelines'
const VERSION = 1
const FILE = 'states.json'

/** What states.json holds, by the pipelines' keys. */
interface SavedStates {
  readonly [key: string]: {
    /** The folder of its state. */
    readonly folder: string
    /** Its models, both built and imported. */
    readonly models: readonly string[]
  }
}

type Pipelines = Readonly<Record<string, Runnable<any>>>

/**
 * Writes the states of several pipelines into a folder of its own, which appears complete or not at all. A shared model is saved
 * once. Do not request batches from any of them meanwhile.
 *
 * @example
 * await saveStates({ train, test }, 'states')
 *
 * @throws MillraceError what `pipeline.saveState` throws
 */
export async function saveStates(pipelines: Pipelines, folder: string): Promise<void> {
  const findForeign = (names: readonly string[]) => (names.includes(FILE) ? undefined : names[0])
  await refuseForeignFiles(folder, 'a state', findForeign).catch(({ message }) => fail('state-not-saved', { folder, why: message }))
  const states: SavedStates = Object.fromEntries(
    Object.entries(pipelines).map(([key, { models }], i) => [key, { folder: toFolder(key, i), models: [...models.keys()] }]),
  )
  await writeFolder(folder, async partial => {
    await writeFlushed(join(partial, FILE), JSON.stringify({ format: FORMAT, version: VERSION, states }))
    for (const [key, pipeline] of Object.entries(pipelines)) await pipeline.saveState(join(partial, states[key]!.folder))
  })
}

/**
 * Restores what `saveStates` wrote for the same pipelines, in this process or another; models that they import come from each other
 * again.
 *
 * @example
 * await restoreStates({ train, test }, 'states')
 *
 * @param others for each pipeline, options of `nextBatch` for how the work is done, which may differ from here on
 * @throws MillraceError what `pipeline.restoreState` throws
 */
export async function restoreStates(pipelines: Pipelines, from: string, others: (key: string) => HowOptions = () => ({})): Promise<void> {
  const folder = await recoverFolder(from)
  const states = await readStates(folder)
  const stateOf = (key: string) => states[key] ?? fail('state-not-readable', { folder, why: `${FILE} has no pipeline ${key}` })
  const all = Object.entries(pipelines).map(([key, pipeline]) => ({ key, pipeline, ...stateOf(key) }))
  for (const { key, pipeline, folder: own } of all) await pipeline.restoreState(join(folder, own), others(key))
  // A model may be imported from a pipeline that imported it itself: as many passes as there are pipelines reach each of them.
  for (const _ of all) for (const { pipeline, models } of all) pipeline.linkModels(models)
}

async function readStates(folder: string): Promise<SavedStates> {
  try {
    const { format, version, states } = JSON.parse((await readRegular(join(folder, FILE))).toString('utf8'))
    if (format !== FORMAT || version !== VERSION) throw new Error(`${FILE} says ${format} version ${version}`)
    return states
  } catch (error) {
    return fail('state-not-readable', { folder, why: error instanceof Error ? error.message : String(error) }, {}, error)
  }
}

/** `1-train`: a name that is valid in any file system and unique per pipeline. */
const toFolder = (key: string, i: number) => `${i + 1}-${toFolderName(key)}`
