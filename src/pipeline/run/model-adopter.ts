/**
 * Turning a user's own `tf.LayersModel` or builder function into a model class. The models room knows how; the pipeline room does not
 * know the models room. The package's entries introduce them.
 */
import { fail } from '../../errors/index.js'
import type { ModelClass } from '../spec/contracts.js'
import { describeKind } from './attributes.js'

type Adopt = (thing: object) => ModelClass | Promise<ModelClass>

let adopt: Adopt | undefined

/** @internal Called by the package's entries. */
export function setModelAdopter(adopter: Adopt): void {
  adopt = adopter
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
