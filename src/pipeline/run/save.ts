/** Saving values: to variables, components and items of them, in BatchFlow's four modes. */
import { fail } from '../../errors/index.js'
import { isPlainObject } from '../../util/json.js'
import { NdArray, type TypedArray } from '../../util/nd-array.js'
import type { ComponentValue } from '../spec/contracts.js'
import { letterOf, operationOf } from '../spec/expression-json.js'
import { printExpression } from '../spec/print-expression.js'
import { type LongSaveMode, type SaveMode, toSaveMode } from '../spec/save-mode.js'
import { describeKind } from './attributes.js'
import { evaluate } from './evaluate.js'
import type { Scope } from './scope.js'

/** Saves one value in one place. A mode inside the place, `V('x', { mode: 'append' })`, comes before the action's. */
export function save(place: unknown, value: unknown, mode: SaveMode | undefined, scope: Scope): void {
  const json = place as Record<string, unknown>
  const letter = letterOf(place)
  if (letter === 'V') {
    const name = String(evaluate(json.V, scope))
    const kept = scope.session.variable(name)
    scope.session.variables.set(name, combine(kept, value, toSaveMode((json.mode as SaveMode) ?? mode ?? 'write'), `V('${name}')`))
  } else if (letter === 'B' && json.B) {
    const batch = scope.requireBatch('B')
    const name = String(evaluate(json.B, scope))
    batch.set(name, combine(batch.get(name), value, toSaveMode(mode ?? 'write'), `B('${name}')`) as ComponentValue)
  } else if (operationOf(place) === '[]') {
    saveItem(json['[]'] as readonly unknown[], value, scope)
  } else fail('not-a-destination', { seen: printExpression(place) })
}

/** Saves fetched values: in one place (a list of fetches gives a list) or in one place each. */
export function saveFetched(
  args: Readonly<Record<string, unknown>>,
  fetches: readonly string[],
  values: readonly unknown[],
  scope: Scope,
): void {
  const places = args.saveTo
  if (places === undefined) return
  const mode = args.mode as SaveMode | undefined
  if (!Array.isArray(places)) save(places, Array.isArray(args.fetches) ? values : values[0], mode, scope)
  else if (places.length !== values.length) fail('save-counts', { fetches, places: places.length })
  else for (const [i, place] of places.entries()) save(place, values[i], mode, scope)
}

function combine(kept: unknown, value: unknown, mode: LongSaveMode, name: string): unknown {
  if (mode === 'write') return value
  if (kept === null || kept === undefined) return mode === 'append' ? [value] : mode === 'extend' ? [...itemsOf(value)] : value
  if (mode === 'update' || (mode === 'append' && isPlainObject(kept))) {
    return isPlainObject(kept) && isPlainObject(value)
      ? Object.assign(kept, value)
      : fail('cannot-append', { name, mode, seen: describeKept(kept) })
  }
  if (!Array.isArray(kept)) return fail('cannot-append', { name, mode, seen: describeKept(kept) })
  if (mode === 'append') kept.push(value)
  else for (const item of itemsOf(value)) kept.push(item)
  return kept
}

function* itemsOf(value: unknown): Iterable<unknown> {
  if (value instanceof NdArray) {
    if (value.shape.length === 1) yield* value.data
    else for (let i = 0; i < value.length; i++) yield value.item(i)
  } else if (Array.isArray(value) || ArrayBuffer.isView(value)) yield* value as readonly unknown[]
  else yield value
}

function saveItem([target, position]: readonly unknown[], value: unknown, scope: Scope): void {
  const owner = evaluate(target, scope)
  const key = evaluate(position, scope)
  if (isPlainObject(owner) && typeof key === 'string')
    Object.defineProperty(owner, key, { value, writable: true, enumerable: true, configurable: true })
  else if (Array.isArray(owner) && Number.isInteger(key))
    owner[(key as number) < 0 ? owner.length + (key as number) : (key as number)] = value
  else if (owner instanceof NdArray && Number.isInteger(key)) fillItem(owner, key as number, value)
  else fail('not-a-destination', { seen: `item ${String(key)} of ${printExpression(target)}` })
}

function fillItem(array: NdArray, position: number, value: unknown): void {
  const item = array.slice(position, position + 1).data
  if (typeof value === 'number') item.fill(value)
  else item.set((value instanceof NdArray ? value.data : value) as TypedArray)
}

/** What a variable holds, for an error: the kind of a list or object, a plain value as it is. */
function describeKept(value: unknown): string {
  return typeof value === 'object' ? describeKind(value) : `${typeof value} ${String(value)}`
}
