/** The models of an experiment, each once: from where it is initialised, not imported. */
import { MillraceError } from '../errors/index.js'
import { models as zoo } from '../models/zoo/models.js'
import type { Bindings } from '../pipeline/description/content/bindings.js'
import { type PlannedModel, plannedClass } from '../pipeline/description/content/planned-models.js'
import { modelBuilds } from '../pipeline/description/content/visit-actions.js'
import type { Model } from '../pipeline/index.js'
import type { RunFolder } from '../report/index.js'
import type { Experiment } from './experiment.js'
import { modelOf } from './report-source.js'
import { modelFolders } from './run/run-id.js'

/** The class of a model: of its pipeline's bindings, or of the zoo. */
export function modelClassOf(model: PlannedModel, { models, values }: Pick<Bindings, 'models' | 'values'>): unknown {
  return plannedClass(model, { models: { ...zoo, ...models }, values })
}

/** Every model built, by name; a name that two pipelines share is prefixed with its pipeline. */
export function builtModels({ spec, pipelines }: Experiment): ReadonlyMap<string, Model> {
  const declared = Object.entries(spec.pipelines).flatMap(([pipeline, described]) =>
    [...modelBuilds(described)].map(({ build: { name } }) => ({ pipeline, name })),
  )
  const models = new Map<string, Model>()
  for (const { pipeline, name } of declared) {
    const model = modelOf(pipelines[pipeline], name)
    const alone = declared.filter(other => other.name === name).length === 1
    if (model) models.set(alone ? name : `${pipeline}.${name}`, model)
  }
  return models
}

type Folders = ReturnType<typeof modelFolders>

/**
 * Saves every model under `models/`, or, if that fails, in the same place under `rescue`. Models that could not be saved where they
 * belong are returned as errors, and the other models are still tried.
 */
export async function writeModels(
  models: ReadonlyMap<string, Model>,
  { path, rescue, gone }: Pick<RunFolder, 'path' | 'rescue' | 'gone'>,
): Promise<readonly MillraceError[]> {
  const problems: MillraceError[] = []
  const [folders, others] = [path, rescue].map(parent => modelFolders(parent, [...models.keys()])) as [Folders, Folders]
  for (const [name, model] of models) {
    const [folder, instead] = [folders.get(name)!, others.get(name)!]
    const failed = gone ?? (await saved(model, folder))
    if (!failed) continue
    const lost = await saved(model, instead)
    const details = { model: name, folder, reason: failed.message }
    const problem = lost
      ? new MillraceError('weights-not-written', details, {}, failed)
      : new MillraceError('weights-rescued', { ...details, rescue: instead }, {}, failed)
    problems.push(problem as unknown as MillraceError)
  }
  return problems
}

async function saved(model: Model, folder: string): Promise<Error | undefined> {
  try {
    await model.save(folder)
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
