/** The value of a place after saving to it: BatchFlow's four modes. */
import { fail } from '../../../errors/index.js'
import { Metrics } from '../../../metrics/index.js'
import { describeKind } from '../../../util/describe-value.js'
import { isPlainObject } from '../../../util/json.js'
import type { LongSaveMode } from '../../description/expressions/save-mode.js'
import { entriesOf } from '../values/items.js'

/** `kept` with the value added, or the value itself. Lists and objects grow in place. `name` is the place's name in errors. */
export function combine(kept: unknown, value: unknown, mode: LongSaveMode, name: string): unknown {
  if (mode === 'write') return value
  if (mode !== 'extend' && kept instanceof Metrics) return kept[mode](value as Metrics)
  if (kept === null || kept === undefined) {
    // What grows in place is a copy: the value may be stored elsewhere, too.
    if (mode !== 'extend' && value instanceof Metrics) return value.copy()
    return mode === 'append' ? [value] : mode === 'extend' ? [...itemsOf(value)] : value
  }
  if (mode === 'update' || (mode === 'append' && isPlainObject(kept))) {
    return isPlainObject(kept) && isPlainObject(value)
      ? Object.assign(kept, value)
      : fail('cannot-append', { name, mode, seen: describeKind(kept) })
  }
  if (!Array.isArray(kept)) return fail('cannot-append', { name, mode, seen: describeKind(kept) })
  if (mode === 'append') kept.push(value)
  else for (const item of itemsOf(value)) kept.push(item)
  return kept
}

const itemsOf = (value: unknown): readonly unknown[] => entriesOf(value) ?? [value]
