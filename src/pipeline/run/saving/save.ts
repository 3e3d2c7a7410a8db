/** Saving values: to variables, components, config, attributes and items, into the user's arrays, and in structures of all these. */

import { fail } from '../../../errors/index.js'
import { Config } from '../../../util/config.js'
import { describeKind } from '../../../util/describe-value.js'
import { isPlainObject } from '../../../util/json.js'
import { readStored } from '../../description/content/stored-config.js'
import type { ComponentValue } from '../../description/contracts.js'
import { isPlace } from '../../description/expressions/destinations.js'
import {
  type ExpressionLetter,
  isExpressionJson,
  letterOf,
  liveNameOf,
  type Operation,
  operationOf,
} from '../../description/expressions/expression-json.js'
import { printExpression } from '../../description/expressions/print-expression.js'
import { type LongSaveMode, type SaveMode, toSaveMode } from '../../description/expressions/save-mode.js'
import type { Scope } from '../execution/scope.js'
import { readAttribute, readItem } from '../values/attributes.js'
import { copyKept } from '../values/copy-kept.js'
import { evaluate, read } from '../values/evaluate.js'
import { entriesFor, entriesOf, Items } from '../values/items.js'
import { fill, setAttribute, setItem } from './assign.js'
import { combine } from './combine.js'

type Json = Readonly<Record<string, unknown>>
type Saver = (json: Json, value: unknown, mode: LongSaveMode, scope: Scope) => void

/** Saves a value in a place. A mode inside the place, `V('x', { mode: 'append' })`, comes before the action's. */
export function save(place: unknown, value: unknown, mode: SaveMode | undefined, scope: Scope): void {
  const how = toSaveMode(mode ?? 'write')
  const live = liveNameOf(place)
  const letter = letterOf(place)
  if (isExpressionJson(place) && !isPlace(place)) refuse(place)
  else if (live !== undefined) fill(scope.session.bindings.values[live], value, how, live)
  else if (letter !== undefined) savers[letter]?.(place as Json, value, how, scope)
  else if (operationOf(place) !== undefined) saveInside(place as Json, value, how, scope)
  else if (Array.isArray(place)) saveList(place, value, mode, scope)
  else if (isPlainObject(place)) saveObject(place, value, mode, scope)
  else refuse(place as Json)
}

/** Saves fetched values: in one place (a list of fetches gives a list), in one place each, or by the names of the fetches. */
export function saveFetched(args: Json, fetches: readonly string[], values: readonly unknown[], scope: Scope): void {
  const places = args.saveTo
  if (places === undefined) return
  const mode = args.mode as SaveMode | undefined
  if (Array.isArray(places)) {
    if (places.length !== values.length) fail('save-counts', { fetches, places: places.length })
    save(places, values, mode, scope)
  } else if (isPlainObject(places) && !isExpressionJson(places) && liveNameOf(places) === undefined) {
    save(places, Object.fromEntries(fetches.map((fetch, i) => [fetch, values[i]])), mode, scope)
  } else save(places, Array.isArray(args.fetches) ? values : values[0], mode, scope)
}

const savers: Partial<Record<ExpressionLetter, Saver>> = {
  B: (json, value, mode, scope) => {
    const name = String(evaluate(json.B, scope))
    const batch = scope.requireBatch('B')
    batch.set(name, combine(batch.get(name), value, mode, `B('${name}')`) as ComponentValue)
  },
  C: (json, value, mode, scope) => {
    const path = String(evaluate(json.C, scope))
    const kept = scope.session.config.get(path)
    const own = kept instanceof Config ? readStored(kept) : copyKept(readStored(kept))
    scope.session.saveConfig(path, combine(own, value, mode, `C('${path}')`))
  },
  L: (json, value, mode, scope) => {
    const name = String(evaluate(json.L, scope))
    const batch = scope.requireBatch('L')
    const kept = mode === 'write' ? undefined : entriesOf(batch.get(name))
    const entries = entriesFor(value, batch.length, `L('${name}')`)
    batch.set(
      name,
      entries.map((one, i) => combine(kept?.[i], one, mode, `L('${name}')`)),
    )
  },
  V: (json, value, mode, scope) => {
    const name = String(evaluate(json.V, scope))
    const kept = scope.session.variable(name)
    scope.session.variables.set(name, combine(kept, value, toSaveMode((json.mode as SaveMode) ?? mode), `V('${name}')`))
  },
}

/** An attribute or item, or that of each item behind `L`. */
function saveInside(place: Json, value: unknown, mode: LongSaveMode, scope: Scope): void {
  const operation = operationOf(place)!
  const [target, ...others] = place[operation] as readonly unknown[]
  const name = printExpression(place)
  const keys = others.map(item => evaluate(item, scope))
  const set = (owner: unknown, one: unknown) => {
    if (operation === '.' && owner === scope.batch) return savers.B!({ B: String(keys[0]) }, one, mode, scope)
    const next = mode === 'write' ? one : combine(keptAt(owner, operation, keys), one, mode, name)
    if (operation === '[]') setItem(owner, keys, next, name)
    else setAttribute(owner, String(keys[0]), next, name)
  }
  const owner = read(target, scope)
  if (!(owner instanceof Items)) return set(owner, value)
  for (const [i, one] of entriesFor(value, owner.list.length, name).entries()) set(owner.list[i], one)
}

/** What is at an attribute or item now, nothing where there is none. */
function keptAt(owner: unknown, operation: Operation, keys: readonly unknown[]): unknown {
  if (operation === '[]' && !isPlainObject(owner)) return readItem(owner, keys)
  return String(keys[0]) in Object(owner) ? readAttribute(owner, String(keys[0])) : undefined
}

function saveList(places: readonly unknown[], value: unknown, mode: SaveMode | undefined, scope: Scope): void {
  const values = entriesOf(value)
  if (values?.length !== places.length) {
    const seen = values ? `${values.length} values` : describeKind(value)
    return fail('save-structure', { places: printExpression(places), seen, allowed: `a list of ${places.length} values` })
  }
  for (const [i, place] of places.entries()) save(place, values[i], mode, scope)
}

function saveObject(places: Json, value: unknown, mode: SaveMode | undefined, scope: Scope): void {
  const keys = Object.keys(places)
  const missing = isPlainObject(value) ? keys.filter(key => !Object.hasOwn(value, key)) : keys
  if (missing.length > 0) {
    return fail('save-structure', {
      places: printExpression(places),
      seen: describeKind(value),
      allowed: `an object with ${keys.join(', ')}`,
    })
  }
  for (const key of keys) save(places[key], (value as Record<string, unknown>)[key], mode, scope)
}

function refuse(place: Json): never {
  return fail('not-a-destination', { seen: printExpression(place), isDataset: letterOf(place) === 'D' })
}
