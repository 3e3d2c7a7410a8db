/** Letters of layouts that a program adds. */
import { fail } from '../../../errors/index.js'
import type { Ref } from '../../plan/plan.js'
import type { LetterSite } from '../letters/letter.js'
import { addLetter, isOwnLetter, letters } from '../letters/table.js'
import { type OwnLayers, outputOf, ownLayers } from './own-layers.js'

/** Where a letter adds its layers. */
export interface OwnLetterSite extends OwnLayers {
  /** The path of the layout. */
  readonly path: string
  /** The number of position axes of the input: 2 for images. */
  readonly axes: number
  /** The value of a parameter of layouts for this letter: `value('filters')`. */
  value<T = unknown>(key: string): T
}

export interface OwnLetter {
  /** What it is, in a line. */
  readonly summary: string
  /** Letters of one group share lists of parameters. Default: the letter alone; `c` are the convolutions, `a` the activations. */
  readonly group?: string
  /** Adds its layers and returns the output. */
  readonly add: (site: OwnLetterSite, input: Ref) => Ref
}

/**
 * Adds a letter of layouts, for the layouts of any part. Registering a letter again replaces it. A model that is loaded needs the letter
 * again: saved models hold configs, no code.
 *
 * @throws MillraceError `wrong-letter` if it is not one character, or one of Millrace's, or there is no function `add`.
 *
 * @example
 * registerLetter('g', {
 *   summary: 'a gate: the input times the sigmoid of a 1×1 convolution of it',
 *   add: ({ layout, join }, input) => {
 *     const gate = layout('gate', input, 'ca', { filters: input.shape.at(-1), kernel_size: 1, strides: 1, activation: 'sigmoid' })
 *     return join('product', input, gate)
 *   },
 * })
 * ResNet18.describe({
 *   inputs: { images: { shape: [32, 32, 3] }, labels: { classes: 10, name: 'targets' } },
 *   'body/block/layout': 'cna cn g',
 * }).countParameters()
 */
export function registerLetter(letter: string, { summary, group = letter, add }: OwnLetter): void {
  if (typeof letter !== 'string' || [...letter].length !== 1 || letter.trim() === '') {
    fail('wrong-letter', { letter: String(letter), why: 'it is not one character', allowed: 'one character, not a blank' })
  }
  if (isOwnLetter(letter)) {
    fail('wrong-letter', {
      letter,
      why: 'Millrace has this letter',
      allowed: `another one than ${[...letters.keys()].filter(isOwnLetter).join(' ')}`,
    })
  }
  if (typeof add !== 'function') fail('wrong-letter', { letter, why: 'it has no add', allowed: 'add: (site, input) => the output' })
  addLetter(letter, {
    summary,
    group,
    kind: undefined,
    add: (site, input) => outputOf(add(ownSite(site), input), site.path, `the letter ${letter}`),
  })
}

function ownSite({ plan, path, section, axes, value }: LetterSite): OwnLetterSite {
  // Lists have an entry per letter of the config's layout.
  const single = Object.fromEntries(Object.entries(section).filter(([key, one]) => key !== 'layout' && !Array.isArray(one)))
  return { ...ownLayers(plan, path, [single]), path, axes, value }
}
