/** Loads the model code when a model is built or read; pipelines without models never load it. */
import { fail } from '../../../errors/index.js'
import type { Model, ModelClass } from '../../description/contracts.js'
import type { Session } from '../session/session.js'

function isModelClass(thing: object): thing is ModelClass {
  return typeof (thing as ModelClass).build === 'function' && !('layers' in thing)
}

/** A model class as it is; a `tf.LayersModel` or a builder function as a model class. */
async function toModelClass(thing: object): Promise<ModelClass> {
  if (isModelClass(thing)) return thing
  const models = await import('../../../models/own-model.js')
  return models.toModelClass(thing) as ModelClass
}

/**
 * A class by its name, of the pipeline's bindings or of the zoo; or the thing itself, if it is one.
 *
 * @throws MillraceError `unknown-name`
 */
export async function openClass(nameOrThing: string | object, { name, bindings }: Session): Promise<ModelClass> {
  if (typeof nameOrThing !== 'string') return toModelClass(nameOrThing)
  const bound = Object.hasOwn(bindings.models, nameOrThing) ? bindings.models[nameOrThing] : undefined
  if (bound !== undefined) return toModelClass(bound)
  const { models } = await import('../../../models/zoo/models.js')
  if (Object.hasOwn(models, nameOrThing)) return models[nameOrThing as keyof typeof models] as ModelClass
  const allowed = [...new Set([...Object.keys(bindings.models), ...Object.keys(models)])]
  return fail('unknown-name', { kind: 'model class', seen: nameOrThing, allowed }, { pipeline: name })
}

/** The model saved in a folder. */
export async function loadSavedModel(folder: string, name: string): Promise<Model> {
  const models = await import('../../../models/load.js')
  return models.loadModel(folder, { name })
}
