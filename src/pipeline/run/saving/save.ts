/** Saving values: to variables, components, config, attributes and items, into the user's arrays, and in structures of all these. */

import { fail } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import { isPlainObject } from '../../../util/json.js'
import { mode as modeOption } from '../../description/arguments.js'
import { isDestination } from '../../description/expressions/destinations.js'
import { isExpressionJson, letterOf } from '../../description/expressions/expression-json.js'
import { letterRow, type SavableLetter } from '../../description/expressions/letters.js'
import { liveNameOf, type Operation, operationOf } from '../../description/expressions/operations.js'
import { printExpression } from '../../description/expressions/print-expression.js'
import { type LongSaveMode, type SaveMode, toSaveMode } from '../../description/expressions/save-mode.js'
import type { Scope } from '../execution/scope.js'
import { readAttribute, readItem } from '../values/attributes.js'
import { evaluate, read } from '../values/evaluate.js'
import { entriesFor, entriesOf, Items } from '../values/items.js'
import { letterReadings, saveComponent } from '../values/letters.js'
import { fill, setAttribute, setItem } from './assign.js'
import { combine } from './combine.js'

type Json = Readonly<Record<string, unknown>>

/** Saves a value to a destination. A mode inside it, `V('x', { mode: 'append' })`, takes precedence over the action's. */
export function save(destination: unknown, value: unknown, mode: SaveMode | undefined, scope: Scope): void {
  const how = toSaveMode(mode ?? modeOption.default!)
  const live = liveNameOf(destination)
  const letter = letterOf(destination)
  if (isExpressionJson(destination) && !isDestination(destination)) refuse(destination)
  else if (live !== undefined) fill(scope.session.bindings.values[live], value, how, live)
  else if (letter !== undefined) letterReadings[letter as SavableLetter].save(destination as Json, value, how, scope, evaluate)
  else if (operationOf(destination) !== undefined) saveInside(destination as Json, value, how, scope)
  else if (Array.isArray(destination)) saveList(destination, value, mode, scope)
  else if (isPlainObject(destination)) saveObject(destination, value, mode, scope)
  else refuse(destination as Json)
}

/** Saves fetched values: to one destination (a list of fetches is saved as a list), to one destination each, or by fetch name. */
export function saveFetched(args: Json, fetches: readonly string[], values: readonly unknown[], scope: Scope): void {
  const { saveTo } = args
  if (saveTo === undefined) return
  const mode = args.mode as SaveMode | undefined
  if (Array.isArray(saveTo)) {
    if (saveTo.length !== values.length) fail('save-counts', { fetches, places: saveTo.length })
    save(saveTo, values, mode, scope)
  } else if (isPlainObject(saveTo) && !isExpressionJson(saveTo) && liveNameOf(saveTo) === undefined) {
    save(saveTo, Object.fromEntries(fetches.map((fetch, i) => [fetch, values[i]])), mode, scope)
  } else save(saveTo, Array.isArray(args.fetches) ? values : values[0], mode, scope)
}

/** An attribute or item; after `L`, that of each item. */
function saveInside(destination: Json, value: unknown, mode: LongSaveMode, scope: Scope): void {
  const operation = operationOf(destination)!
  const [target, ...others] = destination[operation] as readonly unknown[]
  const name = printExpression(destination)
  const keys = others.map(item => evaluate(item, scope))
  const set = (owner: unknown, one: unknown) => {
    if (operation === '.' && owner === scope.batch) return saveComponent(scope.batch!, String(keys[0]), one, mode)
    const next = mode === 'write' ? one : combine(keptAt(owner, operation, keys), one, mode, name)
    if (operation === '[]') setItem(owner, keys, next, name)
    else setAttribute(owner, String(keys[0]), next, name)
  }
  const owner = read(target, scope)
  if (!(owner instanceof Items)) return set(owner, value)
  for (const [i, one] of entriesFor(value, owner.list.length, name).entries()) set(owner.list[i], one)
}

/** The current value of an attribute or item, if any. */
function keptAt(owner: unknown, operation: Operation, keys: readonly unknown[]): unknown {
  if (operation === '[]' && !isPlainObject(owner)) return readItem(owner, keys)
  return String(keys[0]) in Object(owner) ? readAttribute(owner, String(keys[0])) : undefined
}

function saveList(destinations: readonly unknown[], value: unknown, mode: SaveMode | undefined, scope: Scope): void {
  const values = entriesOf(value)
  if (values?.length !== destinations.length) {
    const seen = values ? `${values.length} values` : describeKind(value)
    return fail('save-structure', { places: printExpression(destinations), seen, allowed: `a list of ${destinations.length} values` })
  }
  for (const [i, destination] of destinations.entries()) save(destination, values[i], mode, scope)
}

function saveObject(destinations: Json, value: unknown, mode: SaveMode | undefined, scope: Scope): void {
  const keys = Object.keys(destinations)
  const missing = isPlainObject(value) ? keys.filter(key => !Object.hasOwn(value, key)) : keys
  if (missing.length > 0) {
    const seen = describeKind(value)
    return fail('save-structure', { places: printExpression(destinations), seen, allowed: `an object with ${keys.join(', ')}` })
  }
  for (const key of keys) save(destinations[key], (value as Record<string, unknown>)[key], mode, scope)
}

const namesDataset = (destination: Json) => {
  const letter = letterOf(destination)
  return letter !== undefined && letterRow(letter).names === 'attribute'
}

function refuse(destination: Json): never {
  return fail('not-a-destination', { seen: printExpression(destination), isDataset: namesDataset(destination) })
}
