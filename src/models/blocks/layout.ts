/** Layouts: one letter per layer, spaces ignored, e.g. `cna cna cn`. BatchFlow: `conv_block`. */
import { fail } from '../../errors/index.js'
import type { Letter } from './letters/letter.js'
import { letters } from './letters/table.js'

/** The meaning of the letters, for error messages. */
export const listLetters = (): string => [...letters].map(([letter, { summary }]) => `${letter} ${summary}`).join(', ')

/** The first unknown letter of a layout; undefined if there is none. */
export function unknownLetter(layout: string): string | undefined {
  return [...layout.replaceAll(' ', '')].find(letter => !letters.has(letter))
}

/** A layer of a layout: its letter, its number within the letter's group and the group's size. */
export interface LayoutItem {
  readonly letter: string
  readonly row: Letter
  readonly occurrence: number
  readonly groupSize: number
}

/** The layers of a layout, those of the groups in `without` removed. */
export function parseLayout(layout: string, path: string, without: ReadonlySet<string> = new Set()): readonly LayoutItem[] {
  const unknown = unknownLetter(layout)
  if (unknown !== undefined) {
    fail('model-config', {
      model: 'this model',
      problems: [{ path: [path], what: `${unknown} is not a letter of a layout`, allowed: listLetters() }],
    })
  }
  const rows = [...layout.replaceAll(' ', '')]
    .map(letter => ({ letter, row: letters.get(letter)! }))
    .filter(({ row }) => !without.has(row.group))
  const sizes = new Map<string, number>()
  const items = rows.map(item => {
    const occurrence = sizes.get(item.row.group) ?? 0
    sizes.set(item.row.group, occurrence + 1)
    return { ...item, occurrence }
  })
  return items.map(item => ({ ...item, groupSize: sizes.get(item.row.group)! }))
}
