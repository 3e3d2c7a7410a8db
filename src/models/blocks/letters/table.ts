/** The letters of layouts. */
import { C, c, t, w } from './convolutions.js'
import { concatenation, firstToken, positioned, R, residualSum, scaling, sum } from './joining.js'
import type { Letter } from './letter.js'
import { l, n } from './norms.js'
import { a, d, f, S } from './points.js'
import { P, p, V, v } from './pooling.js'
import { b, N, X } from './resizing.js'

const own = {
  c,
  w,
  C,
  t,
  n,
  l,
  a,
  p,
  v,
  P,
  V,
  d,
  f,
  b,
  N,
  X,
  S,
  R,
  '+': sum,
  '!': residualSum,
  '.': concatenation,
  '|': concatenation,
  '*': scaling,
  '>': positioned,
  '<': firstToken,
} satisfies Record<string, Letter>

const registered = new Map<string, Letter>(Object.entries(own))

/** Every letter, with those that were registered. */
export const letters: ReadonlyMap<string, Letter> = registered

export const isOwnLetter = (letter: string): boolean => Object.hasOwn(own, letter)

/** Adds a letter, or replaces one that was added. */
export function addLetter(letter: string, row: Letter): void {
  registered.set(letter, row)
}
