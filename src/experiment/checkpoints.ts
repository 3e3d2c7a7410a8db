/** The models of an experiment, each once: where it was initialised, not where it was imported. */
import { join } from 'node:path'
import { MillraceError } from '../errors/index.js'
import type { Model } from '../pipeline/index.js'
import { actionParts } from '../pipeline/spec/pipeline-spec.js'
import type { Experiment } from './experiment.js'
import { modelOf } from './report-source.js'
import { toFolderName } from './run-id.js'

/** Every model that was built, by its name; a name that two pipelines share keeps its pipeline before it. */
export function builtModels({ spec, pipelines }: Experiment): ReadonlyMap<string, Model> {
  const declared = Object.entries(spec.pipelines).flatMap(([pipeline, { actions }]) =>
    actions
      .map(actionParts)
      .filter(([action]) => action === 'initModel')
      .map(([, args]) => ({ pipeline, name: args.name as string })),
  )
  const models = new Map<string, Model>()
  for (const { pipeline, name } of declared) {
    const model = modelOf(pipelines[pipeline], name)
    const alone = declared.filter(other => other.name === name).length === 1
    if (model) models.set(alone ? name : `${pipeline}.${name}`, model)
  }
  return models
}

/** Saves every model under `checkpoints/`; what cannot be saved is an error given back, and the other models are still tried. */
export async function writeCheckpoints(models: ReadonlyMap<string, Model>, runFolder: string): Promise<readonly MillraceError[]> {
  const problems: MillraceError[] = []
  for (const [name, model] of models) {
    const folder = join(runFolder, 'checkpoints', toFolderName(name))
    try {
      await model.save(folder)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      problems.push(new MillraceError('checkpoint-not-written', { model: name, folder, reason }, {}, error))
    }
  }
  return problems
}
