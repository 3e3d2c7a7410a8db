/**
 * Turning a user's own `tf.LayersModel` or builder function into a model class, and reading saved models. The models room knows how; the
 * pipeline room does not know the models room. The package's entries introduce them.
 */
import { fail } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import type { Model, ModelClass } from '../../description/contracts.js'

type Adopt = (thing: object) => ModelClass | Promise<ModelClass>

type Load = (folder: string, options: { readonly name: string }) => Promise<Model>

let adopt: Adopt | undefined
let load: Load | undefined

/** @internal Called by the package's entries. */
export function setModelAdopter(adopter: Adopt): void {
  adopt = adopter
}

/** @internal Called by the package's entries. */
export function setModelLoader(loader: Load): void {
  load = loader
}

/** The model that was saved in a folder. */
export function loadSavedModel(folder: string, name: string): Promise<Model> {
  return load ? load(folder, { name }) : fail('no-model-adopter', { seen: folder })
}

export function isModelClass(thing: unknown): thing is ModelClass {
  return (
    (typeof thing === 'object' || typeof thing === 'function') &&
    thing !== null &&
    typeof (thing as ModelClass).build === 'function' &&
    !('layers' in thing)
  )
}

export async function toModelClass(thing: object): Promise<ModelClass> {
  if (isModelClass(thing)) return thing
  return adopt ? adopt(thing) : fail('no-model-adopter', { seen: describeKind(thing) })
}
