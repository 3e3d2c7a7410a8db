/** `!B images` and `{B: images}` are the same: tags are turned into the plain form while a document is read. */

import type { LetterRow } from '../../description/expressions/letters/letter-row.js'
import { type ExpressionLetter, isLetter, letterRow, letters } from '../../description/expressions/letters.js'
import type { Findings } from '../checks/findings.js'
import { holeTree, listTree, mapTree, type Origin, scalarTree, type Tree } from './tree.js'

export const letterTags: readonly string[] = Object.keys(letters).map(letter => `!${letter}`)

/** Usable tags: a file cannot name a function. */
export const usableTags = Object.entries<LetterRow>(letters)
  .flatMap(([letter, { isLive }]) => (isLive ? [] : [`!${letter}`]))
  .sort()

/** The tag of an overlay that takes away what it inherits. */
export const DELETE = '!delete'

/** The letter of a tag such as `!B`, or undefined. */
export function letterOfTag(tag: string): ExpressionLetter | undefined {
  return letterTags.includes(tag) ? (tag.slice(1) as ExpressionLetter) : undefined
}

/** The plain form of a tagged value: a string is a name, a list or a map is what the letter's row says about its tag. */
export function toExpressionTree(letter: ExpressionLetter, value: Tree, tag: Origin, findings: Findings): Tree {
  const { tag: { before, empty = null, rest, form = `!${letter} name` } = {}, names, further } = letterRow(letter)
  const origin = { ...value.origin, start: tag.start }
  const entry = (key: string, tree: Tree) => [key, { key: tag, value: tree }] as const
  if (before?.some(kind => kind === value.kind)) return mapTree(new Map([entry(letter, value)]), origin)
  if (value.kind === 'scalar' && before === undefined) {
    const name = value.value === '' ? empty : value.value
    return mapTree(new Map([entry(letter, scalarTree(name, name === null ? tag : value.origin))]), origin)
  }
  if (rest !== undefined && value.kind === 'list' && value.items.length > 0) {
    const [first, ...others] = value.items
    const entries = others.length > 0 ? [entry(rest, listTree(others, value.origin))] : []
    return mapTree(new Map([entry(letter, first!), ...entries]), origin)
  }
  // The name itself may be an expression.
  if (names !== undefined && value.kind === 'map' && [...value.entries.keys()].some(isLetter)) {
    return mapTree(new Map([entry(letter, value)]), origin)
  }
  if (value.kind !== 'hole') {
    const keys = Object.keys(further).map(key => `, ${key}: …`)
    const fix = keys.length > 0 ? `The plain form takes more: {${letter}: name${keys.join('')}}` : undefined
    findings.add('wrong-tag-value', { tag: `!${letter}`, allowed: form, fix }, tag)
  }
  return holeTree(origin)
}
