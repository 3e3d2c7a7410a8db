/** Places to save in: inside their structures, and what a pipeline saves to its config. */
import { isPlainObject, type JsonObject } from '../../../util/json.js'
import { placeArguments } from '../action-row.js'
import type { PipelineSpec } from '../content/pipeline-spec.js'
import { actionsOf } from '../content/visit-actions.js'
import { isExpressionJson, letterOf, liveNameOf, operationOf } from './expression-json.js'

/** Every expression that stands as a place by itself: in a list of places, in an object of places, or alone. */
export function placesIn(value: unknown): readonly JsonObject[] {
  if (isExpressionJson(value)) return [value]
  if (Array.isArray(value)) return value.flatMap(placesIn)
  return isPlainObject(value) ? Object.values(value).flatMap(placesIn) : []
}

/** The named expressions values are saved to, and those whose attributes and items are; everything else gives what nobody else sees. */
const savable: readonly unknown[] = ['B', 'C', 'L', 'V']
const changeable: readonly unknown[] = ['B', 'F', 'L', 'V']

/** Whether a value can be saved where an expression stands. */
export function isPlace(place: JsonObject): boolean {
  const letter = letterOf(place)
  if (letter !== undefined) return savable.includes(letter) && Boolean(place[letter]) && !Object.hasOwn(place, 'pipeline')
  const operation = operationOf(place)
  return (operation === '.' || operation === '[]') && isChangeable((place[operation] as readonly unknown[])[0])
}

function isChangeable(owner: unknown): boolean {
  const operation = operationOf(owner)
  if (operation === '.' || operation === '[]' || operation === '()') {
    return isChangeable((owner as Record<string, readonly unknown[]>)[operation]![0])
  }
  return operation === undefined && (liveNameOf(owner) !== undefined || changeable.includes(letterOf(owner)))
}

/** Whether a pipeline saves something at a path of its config, above it or below it; a path that is computed may be any. */
export function savesToConfig(spec: PipelineSpec, path: string): boolean {
  for (const { args } of actionsOf(spec)) {
    for (const place of placeArguments.flatMap(key => placesIn(args?.[key]))) {
      if (letterOf(place) !== 'C') continue
      const saved = place.C
      if (typeof saved !== 'string' || `${path}/`.startsWith(`${saved}/`) || `${saved}/`.startsWith(`${path}/`)) return true
    }
  }
  return false
}
