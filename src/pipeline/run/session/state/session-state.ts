/** The live state of a pipeline in a folder: variables, models, config, and the position of `nextBatch`. */
import { join } from 'node:path'
import { fail, MillraceError } from '../../../../errors/index.js'
import { recoverFolder, refuseForeignFiles, writeFlushed, writeFolder } from '../../../../util/files/durable-folder.js'
import { readRegular } from '../../../../util/files/read-file.js'
import type { JsonValue } from '../../../../util/json.js'
import { readStored, toStored } from '../../../description/content/stored-config.js'
import { actionsOf, declaredBy } from '../../../description/content/visit-actions.js'
import type { Model } from '../../../description/contracts.js'
import { expressionsIn } from '../../../description/expressions/expression-json.js'
import { letterRow } from '../../../description/expressions/letters.js'
import { importedFrom, isModelSource } from '../../actions/imported.js'
import { loadSavedModel, openClass } from '../../actions/models.js'
import { Scope } from '../../execution/scope.js'
import { evaluate } from '../../values/evaluate.js'
import { resettable } from '../resettable.js'
import type { Session } from '../session.js'
import type { IterationState, SteppingState } from '../stepping.js'
import { type Build, builds } from './builds.js'
import { decode } from './decode.js'
import { encode } from './encode.js'
import { type KeptBatch, restoreBatch, toKeptBatch } from './kept-batches.js'

const FORMAT = 'millrace-pipeline'
const VERSION = 1
const files = { state: 'state.json', bytes: 'values.bin' } as const

/** The contents of `state.json` and `values.bin`. */
interface SavedSession {
  readonly seed: number
  readonly started: boolean
  readonly config: Readonly<Record<string, unknown>>
  readonly variables: Readonly<Record<string, unknown>>
  readonly models: readonly { readonly name: string; readonly build: Build | undefined }[]
  readonly imported: readonly string[]
  readonly stepping: SavedStepping | undefined
}

type SavedStepping = Omit<SteppingState, 'walk'> & {
  readonly walk: Omit<IterationState, 'rebatches'> & { readonly rebatches: readonly { produced: number; rest: readonly KeptBatch[] }[] }
}

/** Writes the state of a session into a folder, which appears complete or not at all. No batch may be in progress. */
export async function saveSession(session: Session, folder: string): Promise<void> {
  const own = [...session.models].filter(([, model]) => session.own.has(model))
  const { json, bytes } = encode(`the state of ${session.name}`, describe(session, own), session.bindings.values)
  try {
    await refuseForeignFiles(folder, 'a state', names => (names.includes(files.state) ? undefined : names[0]))
    await writeFolder(folder, async partial => {
      await writeFlushed(join(partial, files.state), JSON.stringify({ format: FORMAT, version: VERSION, state: json }))
      await writeFlushed(join(partial, files.bytes), bytes)
      for (const [i, [, model]] of own.entries()) await model.save(modelFolder(partial, i))
    })
  } catch (error) {
    if (error instanceof MillraceError) throw error
    fail('state-not-saved', { folder, why: messageOf(error) }, {}, error)
  }
}

function describe(session: Session, own: readonly (readonly [string, Model])[]): SavedSession {
  const { seed, started, config, variables, models, stepping } = session
  return {
    seed,
    started,
    config: readStored(config) as Record<string, unknown>,
    variables: Object.fromEntries(variables),
    models: own.map(([name, model]) => ({ name, build: builds.get(model) })),
    imported: [...models.keys()].filter(name => !own.some(([mine]) => mine === name)),
    stepping: stepping && describeStepping(stepping, session.name),
  }
}

function describeStepping({ options, state }: NonNullable<Session['stepping']>, name: string): SavedStepping {
  // Omitted silently, it would be restored as another order.
  if (typeof options.shuffle === 'function') fail('value-not-saved', { name: `nextBatch of ${name}`, path: 'shuffle', seen: 'a function' })
  const { walk, ...others } = state
  return {
    ...others,
    walk: { ...walk, rebatches: walk.rebatches.map(({ produced, rest }) => ({ produced, rest: rest.map(toKeptBatch) })) },
  }
}

/**
 * Restores a session to a saved state, and returns where its `nextBatch` continues. Its previous state is freed; actions
 * at the start of a run are not repeated.
 */
export async function restoreSession(session: Session, from: string): Promise<SteppingState | undefined> {
  const folder = await recoverFolder(from)
  const saved = await readSession(session, folder)
  session.reset(new Set(resettable))
  try {
    for (const [i, { name, build }] of saved.models.entries()) {
      const model = await rebuild(session, name, build, modelFolder(folder, i))
      session.models.set(name, model)
      session.own.add(model)
    }
  } catch (error) {
    session.reset(new Set(resettable))
    throw error
  }
  for (const [name, value] of Object.entries(saved.variables)) session.variables.set(name, value)
  for (const [key, value] of Object.entries(saved.config)) session.saveConfig(key, toStored(value))
  session.seed = saved.seed
  session.started = saved.started
  linkModels(session, saved.imported)
  return saved.stepping && restoreStepping(session, saved.stepping)
}

/** Adopts models from the pipelines they are imported from, if these have them. */
export function linkModels(session: Session, names: readonly string[]): void {
  for (const { name, from } of [...actionsOf(session.spec)].flatMap(declaredBy)) {
    if (from === undefined || !names.includes(name)) continue
    // What reads a batch is known when its action runs.
    if ([...expressionsIn(from)].some(({ letter }) => letterRow(letter).readsBatch)) continue
    const source = importedFrom(evaluate(from, new Scope(session)), session)
    const model = isModelSource(source) ? source.models.get(name) : source
    if (model) session.models.set(name, model)
  }
}

async function readSession(session: Session, folder: string): Promise<SavedSession> {
  try {
    const { format, version, state } = JSON.parse((await readRegular(join(folder, files.state))).toString('utf8')) as Record<
      string,
      JsonValue
    >
    if (format !== FORMAT || version !== VERSION) throw new Error(`${files.state} says ${format} version ${version}`)
    const bytes = await readRegular(join(folder, files.bytes))
    return decode({ json: state!, bytes }, session.bindings.values) as SavedSession
  } catch (error) {
    return fail('state-not-readable', { folder, why: messageOf(error) }, { pipeline: session.name }, error)
  }
}

async function rebuild(session: Session, name: string, build: Build | undefined, folder: string): Promise<Model> {
  if (build === undefined) return loadSavedModel(folder, name)
  const { modelClass, config, seed } = build
  const model = await (await openClass(modelClass, session)).build(config, { name, seed })
  builds.set(model, build)
  try {
    if (!model.restore) fail('model-not-restorable', { model: name }, { pipeline: session.name })
    await model.restore(folder)
    return model
  } catch (error) {
    model.dispose()
    throw error
  }
}

function restoreStepping(session: Session, { walk, ...others }: SavedStepping): SteppingState {
  const rebatches = walk.rebatches.map(({ produced, rest }) => ({ produced, rest: rest.map(kept => restoreBatch(session, kept)) }))
  return { ...others, walk: { ...walk, rebatches } }
}

const modelFolder = (folder: string, position: number) => join(folder, 'models', `${position + 1}`)

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
