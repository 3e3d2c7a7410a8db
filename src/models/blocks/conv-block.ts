/** The layout builder: layers from letters. BatchFlow: `conv_block`. */
import { joinPath } from '../../util/paths.js'
import { failShape } from '../plan/layer-rules.js'
import type { Kind } from '../plan/layer-spec.js'
import type { PlanBuilder, Ref } from '../plan/plan.js'
import { type LayoutItem, parseLayout } from './layout.js'
import type { Letter, LetterSite } from './letters/letter.js'
import { groupsTurnedOff, mergeSections, perAxis, valueFor } from './parameters.js'
import type { Section } from './section.js'

/** Where the layers of a layout are: the path, and kinds whose name without a number belongs to another layer there. */
export interface LayoutPlace {
  readonly path: string
  readonly taken: readonly Kind[]
}

/**
 * Adds the layers of a layout after `input`, named by kind below the path (`conv-0`, `norm-0`, …; no number for a kind that occurs once
 * and is not taken), and returns the last one's output. An empty layout returns the input.
 */
export function convBlock(plan: PlanBuilder, input: Ref, place: string | LayoutPlace, ...sections: readonly (Section | undefined)[]): Ref {
  const { path, taken } = typeof place === 'string' ? { path: place, taken: [] } : place
  const section = mergeSections(...sections)
  const items = parseLayout((section.layout as string | null | undefined) ?? '', joinPath(path, 'layout'), groupsTurnedOff(section))
  const nameOf = nameByKind(items, taken)
  const shortcuts: Ref[] = []
  let last = input
  for (const item of items) {
    const { letter, row } = item
    const axes = last.shape.length - 1
    const value = <T>(key: string) => valueFor(section, key, item, path) as T
    const each = (key: string) => perAxis(value(key), axes, joinPath(path, key))
    const site: LetterSite = { plan, path, section, axes, value, each, name: kind => joinPath(path, nameOf(kind)) }
    expectAxes(item, last, path)
    if ('keeps' in row) shortcuts.push(last)
    else if ('add' in row) last = row.add(site, last)
    else {
      const shortcut = shortcuts.pop() ?? failShape(path, `${letter} in the layout has no shortcut to take`, `an R before each ${letter}`)
      last = row.join(site, last, shortcut)
    }
  }
  return path === '' ? last : plan.block(path, last)
}

function expectAxes({ letter, row }: LayoutItem, { shape }: Ref, path: string): void {
  if (!row.axes) return
  const [min, max] = row.axes
  const axes = shape.length - 1
  if (axes >= min && axes <= max) return
  const count = min === max ? `${min} axis` : `${min} to ${max} axes`
  failShape(path, `${letter} in the layout cannot take the shape [${shape.join(', ')}]`, `${count}, then the channels`)
}

function nameByKind(items: readonly LayoutItem[], taken: readonly Kind[]): (kind: Kind) => string {
  const totals = new Map<Kind, number>()
  for (const { row } of items) {
    const { kind }: Letter = row
    if (kind) totals.set(kind, (totals.get(kind) ?? 0) + 1)
  }
  totals.set('flatten', 1)
  const used = new Map<Kind, number>()
  return kind => {
    const number = used.get(kind) ?? 0
    used.set(kind, number + 1)
    return totals.get(kind) === 1 && number === 0 && !taken.includes(kind) ? kind : `${kind}-${number}`
  }
}
