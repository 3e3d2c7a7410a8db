/** The values of `P` and `PP`: one per item of the batch. */
import { isPlainObject } from '../../../util/json.js'
import { NdArray } from '../../../util/nd-array.js'
import { deriveSeed } from '../../../util/seeds.js'
import { letterOf } from '../../description/expressions/expression-json.js'
import type { LetterRow } from '../../description/expressions/letters/letter-row.js'
import { letterRow } from '../../description/expressions/letters.js'
import { printExpression } from '../../description/expressions/print-expression.js'
import type { Evaluate, Scope } from '../execution/scope.js'
import { entriesFor, entriesOf } from './items.js'
import { PerItem } from './per-item.js'

type RandomJson = Readonly<Record<string, unknown>>

/** `P`: evaluated once. A random value inside is drawn for each item: its size begins with the batch's length. */
export function readOnce(inside: unknown, scope: Scope, evaluate: Evaluate): PerItem {
  const { length } = scope.requireBatch('P')
  const sized = mapRandom(inside, json => {
    const size = evaluate(json.size ?? [], scope)
    return { ...json, size: [length, ...(entriesOf(size) ?? [size])] }
  })
  const values = evaluate(sized, scope)
  if (values instanceof PerItem) return values
  const entries = entriesFor(values, length, printExpression({ P: inside as never }))
  return new PerItem(values instanceof NdArray ? values : entries)
}

/** `PP`: evaluated for each item. A random value with its own seed gets a different seed per item. */
export function readEach(inside: unknown, scope: Scope, evaluate: Evaluate): PerItem {
  const { length } = scope.requireBatch('PP')
  const values = Array.from({ length }, (_, i) => {
    const seeded = mapRandom(inside, json => (typeof json.seed === 'number' ? { ...json, seed: deriveSeed(json.seed, 'item', i) } : json))
    return evaluate(seeded, scope)
  })
  return new PerItem(values)
}

/** The value with every random value in it replaced, except those in its own arguments and in further `P`, `PP`, `W`. */
function mapRandom(value: unknown, change: (json: RandomJson) => unknown): unknown {
  const letter = letterOf(value)
  const { isRandom, encloses } = letter === undefined ? ({} as Partial<LetterRow>) : letterRow(letter)
  if (isRandom) return change(value as RandomJson)
  if (encloses) return value
  if (Array.isArray(value)) return value.map(item => mapRandom(item, change))
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapRandom(item, change)]))
}
