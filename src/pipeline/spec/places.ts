/** Places to save in, inside their structures. */
import { isPlainObject, type JsonObject } from '../../util/json.js'
import { isExpressionJson } from './expression-json.js'

/** Every expression that stands as a place by itself: in a list of places, in an object of places, or alone. */
export function placesIn(value: unknown): readonly JsonObject[] {
  if (isExpressionJson(value)) return [value]
  if (Array.isArray(value)) return value.flatMap(placesIn)
  return isPlainObject(value) ? Object.values(value).flatMap(placesIn) : []
}
