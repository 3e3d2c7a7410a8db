/** Destinations: where values are saved. Those inside structures, and what a pipeline saves to its config. */
import { isPlainObject, type JsonObject } from '../../../util/json.js'
import type { PipelineSpec } from '../content/pipeline-spec.js'
import { actionsOf, destinationArguments, type PlacedAction } from '../content/visit-actions.js'
import { isExpressionJson, letterOf } from './expression-json.js'
import { letterRow } from './letters.js'
import { liveNameOf, operationOf } from './operations.js'

/** Every expression that is a destination itself: in a list, in an object, or alone. */
export function destinationsIn(value: unknown): readonly JsonObject[] {
  if (isExpressionJson(value)) return [value]
  if (Array.isArray(value)) return value.flatMap(destinationsIn)
  return isPlainObject(value) ? Object.values(value).flatMap(destinationsIn) : []
}

/** The expressions that an action saves values to. */
export function destinationsOf({ name, args }: Pick<PlacedAction, 'name' | 'args'>): readonly JsonObject[] {
  return destinationArguments(name).flatMap(key => destinationsIn(args?.[key]))
}

/** True if a value can be saved to an expression: to a name, or to an attribute or item of the value of a letter or live thing. */
export function isDestination(expression: JsonObject): boolean {
  const letter = letterOf(expression)
  if (letter !== undefined) {
    return letterRow(letter).savable !== undefined && Boolean(expression[letter]) && !Object.hasOwn(expression, 'pipeline')
  }
  const operation = operationOf(expression)
  return (operation === '.' || operation === '[]') && isChangeable((expression[operation] as readonly unknown[])[0])
}

function isChangeable(owner: unknown): boolean {
  const operation = operationOf(owner)
  if (operation === '.' || operation === '[]' || operation === '()') {
    return isChangeable((owner as Record<string, readonly unknown[]>)[operation]![0])
  }
  const letter = letterOf(owner)
  return operation === undefined && (letter === undefined ? liveNameOf(owner) !== undefined : letterRow(letter).changeable === true)
}

/** The paths of its config that a pipeline saves to; undefined for one that is computed. */
function* configDestinations(spec: PipelineSpec): Generator<string | undefined> {
  for (const action of actionsOf(spec)) {
    for (const destination of destinationsOf(action)) {
      const letter = letterOf(destination)
      if (letter === undefined || letterRow(letter).names !== 'config') continue
      const path = destination[letter]
      yield typeof path === 'string' ? path : undefined
    }
  }
}

/** True if a pipeline saves something to its config. */
export const savesConfig = (spec: PipelineSpec): boolean => !configDestinations(spec).next().done

/** True if a pipeline saves something at a path of its config, above it or below it; a computed path may be any. */
export function savesToConfig(spec: PipelineSpec, path: string): boolean {
  for (const saved of configDestinations(spec)) {
    if (saved === undefined || `${path}/`.startsWith(`${saved}/`) || `${saved}/`.startsWith(`${path}/`)) return true
  }
  return false
}
