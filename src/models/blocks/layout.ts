/** Layouts: one letter per layer, spaces ignored, e.g. `cna cna cn`. BatchFlow: `conv_block`. */
import { fail } from '../../errors/index.js'
import type { Kind } from '../plan/layer-spec.js'

export interface Letter {
  readonly summary: string
  /** Letters of one group share their lists of per-layer parameters. */
  readonly group: string
  readonly kind: Kind | undefined
  /** The maximum number of position axes that its layer takes, besides the channels; undefined if it takes any shape. */
  readonly axes?: number
}

export const letters = {
  c: { summary: 'convolution', group: 'c', kind: 'conv', axes: 3 },
  n: { summary: 'batch normalisation', group: 'n', kind: 'norm' },
  a: { summary: 'activation', group: 'a', kind: 'activation' },
  p: { summary: 'max pooling', group: 'p', kind: 'pool', axes: 3 },
  v: { summary: 'mean pooling', group: 'p', kind: 'mean-pool', axes: 3 },
  P: { summary: 'global max pooling', group: 'P', kind: 'gmp', axes: 2 },
  V: { summary: 'global mean pooling', group: 'P', kind: 'gap', axes: 2 },
  d: { summary: 'dropout', group: 'd', kind: 'dropout' },
  f: { summary: 'dense, after flattening', group: 'f', kind: 'dense' },
  R: { summary: 'start of a shortcut', group: 'R', kind: undefined },
  '+': { summary: 'sum with the shortcut', group: '+', kind: 'sum' },
  '.': { summary: 'concatenation with the shortcut', group: '.', kind: 'concat' },
} as const satisfies Record<string, Letter>

export type LetterName = keyof typeof letters

/** The meaning of the letters, for error messages. */
export const letterList = Object.entries(letters)
  .map(([letter, { summary }]) => `${letter} ${summary}`)
  .join(', ')

/** The first unknown letter of a layout; undefined if there is none. */
export function unknownLetter(layout: string): string | undefined {
  return [...layout.replaceAll(' ', '')].find(letter => !Object.hasOwn(letters, letter))
}

/** A layer of a layout: its letter, its number within the letter's group and the group's size. */
export interface LayoutItem {
  readonly letter: LetterName
  readonly occurrence: number
  readonly groupSize: number
}

/** The layers of a layout, those of `without` removed. */
export function parseLayout(layout: string, path: string, without: ReadonlySet<LetterName> = new Set()): readonly LayoutItem[] {
  const unknown = unknownLetter(layout)
  if (unknown !== undefined) {
    fail('model-config', {
      model: 'this model',
      problems: [{ path: [path], what: `${unknown} is not a letter of a layout`, allowed: letterList }],
    })
  }
  const names = ([...layout.replaceAll(' ', '')] as LetterName[]).filter(letter => !without.has(letter))
  const sizes = new Map<string, number>()
  const items = names.map(letter => {
    const { group } = letters[letter]
    const occurrence = sizes.get(group) ?? 0
    sizes.set(group, occurrence + 1)
    return { letter, occurrence }
  })
  return items.map(item => ({ ...item, groupSize: sizes.get(letters[item.letter].group)! }))
}
