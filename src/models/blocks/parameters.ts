/** Parameters of a layout, from config sections; the value of each for one layer of it. */
import { options } from '../../options/index.js'
import { isPlainObject } from '../../util/json.js'
import { layoutKeys } from '../config/layout-keys.js'
import { failShape } from '../plan/layer-rules.js'
import type { LayoutItem } from './layout.js'
import type { Section } from './section.js'

const defaults: Section = options(layoutKeys).fill({})

/** Merges sections over the defaults, later ones win; the sections of layers (`conv`, `batch_norm`, `dense`) are merged. */
export function mergeSections(...sections: readonly (Section | undefined)[]): Section {
  const merged: Record<string, unknown> = { ...defaults }
  for (const section of sections) {
    for (const [key, value] of Object.entries(section ?? {})) {
      if (value === undefined) continue
      merged[key] = isPlainObject(value) && isPlainObject(merged[key]) ? { ...merged[key], ...value } : value
    }
  }
  return merged
}

const sectionGroups: Readonly<Record<string, string>> = { conv: 'c', batch_norm: 'n', norm: 'n', dense: 'f' }

/** Groups of letters that a section turns off, e.g. by `batch_norm: false`. */
export function groupsTurnedOff(section: Section): ReadonlySet<string> {
  return new Set(Object.entries(sectionGroups).flatMap(([key, group]) => (section[key] === false ? [group] : [])))
}

/** A parameter's value for one layer: the entry of a list if its group has several layers, otherwise the value itself. */
export function valueFor(section: Section, key: string, item: LayoutItem, path: string): unknown {
  const value = section[key]
  if (!Array.isArray(value)) return value
  if (item.groupSize === 1) return value.length === 1 ? value[0] : value
  if (value.length !== item.groupSize) {
    failShape(`${path}/${key}`, `a list of ${value.length} for ${item.groupSize} layers`, `one value, or a list of ${item.groupSize}`)
  }
  return value[item.occurrence]
}

/** One number per axis, from one for all or a list. */
export function perAxis(value: unknown, axes: number, path: string): readonly number[] {
  if (!Array.isArray(value)) return new Array(axes).fill(value)
  if (value.length !== axes) failShape(path, `a list of ${value.length} for ${axes} axes`, `one number, or a list of ${axes}`)
  return value
}
