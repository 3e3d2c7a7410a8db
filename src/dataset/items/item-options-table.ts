/** Separates options that are the same for every item from those with a value per item. */
import { fail } from '../../errors/index.js'
import type { ItemOptionsTable } from '../../parallel/index.js'
import { PerItem } from '../../pipeline/index.js'
import { isPlainObject } from '../../util/json.js'

/** @throws MillraceError `wrong-value` unless there is one value per item */
export function splitOptions(options: Readonly<Record<string, unknown>>, length: number): ItemOptionsTable {
  const fixed: Record<string, unknown> = {}
  const varying: Record<string, readonly unknown[]> = {}
  for (const [name, value] of Object.entries(options)) {
    if (!varies(value)) fixed[name] = value
    else varying[name] = Array.from({ length }, (_, i) => valueAt(name, value, i, length))
  }
  return { fixed, varying }
}

function varies(value: unknown): boolean {
  if (value instanceof PerItem) return true
  if (Array.isArray(value)) return value.some(varies)
  return isPlainObject(value) && Object.values(value).some(varies)
}

function valueAt(name: string, value: unknown, i: number, length: number): unknown {
  if (value instanceof PerItem) {
    if (value.length === length) return value.at(i)
    return fail('wrong-value', { name, seen: `${value.length} values for items`, allowed: `${length}, one per item of the batch` })
  }
  if (Array.isArray(value)) return value.map(entry => valueAt(name, entry, i, length))
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, valueAt(name, entry, i, length)]))
}
