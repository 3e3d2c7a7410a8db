/** Loads the model code when a model is built or read; pipelines without models never load it. */
import type { Model, ModelClass } from '../../description/contracts.js'

function isModelClass(thing: object): thing is ModelClass {
  return typeof (thing as ModelClass).build === 'function' && !('layers' in thing)
}

/** A model class as it is; a `tf.LayersModel` or a builder function as a model class. */
export async function toModelClass(thing: object): Promise<ModelClass> {
  if (isModelClass(thing)) return thing
  const models = await import('../../../models/own-model.js')
  return models.toModelClass(thing) as ModelClass
}

/** The model saved in a folder. */
export async function loadSavedModel(folder: string, name: string): Promise<Model> {
  const models = await import('../../../models/load.js')
  return models.loadModel(folder, { name })
}
