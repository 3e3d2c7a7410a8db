/** `!B images` and `{B: images}` are the same: tags are turned into the plain form while a document is read. */
import { type ExpressionLetter, namedExpressions } from '../../description/expressions/expression-json.js'
import type { Findings } from '../checks/findings.js'
import { holeTree, listTree, mapTree, type Origin, scalarTree, type Tree } from './tree.js'

export const letterTags: readonly string[] = Object.keys(namedExpressions).map(letter => `!${letter}`)

/** Tags with which something can be said: a file cannot name a function. */
export const usableTags = letterTags.filter(tag => tag !== '!F')

/** How a tag is written that does not stand before a name only. */
const forms: Readonly<Partial<Record<ExpressionLetter, string>>> = {
  IF: '!IF [condition, value, other value]',
  P: '!P [value, …], or !P {R: name}',
  PP: '!PP {R: name}',
  R: '!R name, or !R [name, number, …]',
  W: '!W {V: name}',
}

/** The letter of a tag such as `!B`, or undefined. */
export function letterOfTag(tag: string): ExpressionLetter | undefined {
  return letterTags.includes(tag) ? (tag.slice(1) as ExpressionLetter) : undefined
}

/** Letters whose tag stands before a value, not before a name, and the values it can stand before. */
export const valueTags: Readonly<Partial<Record<ExpressionLetter, readonly Tree['kind'][]>>> = {
  IF: ['list'],
  P: ['list', 'map'],
  PP: ['list', 'map'],
  W: ['map', 'scalar'],
}

/**
 * The plain form of a tagged value: text gives a name, a list the distribution and numbers of `!R`, or the condition and values of `!IF`,
 * a map what `!W` wraps.
 */
export function toExpressionTree(letter: ExpressionLetter, value: Tree, tag: Origin, findings: Findings): Tree {
  const origin = { ...value.origin, start: tag.start }
  const entry = (key: string, tree: Tree) => [key, { key: tag, value: tree }] as const
  if (valueTags[letter]?.includes(value.kind)) return mapTree(new Map([entry(letter, value)]), origin)
  if (value.kind === 'scalar' && valueTags[letter] === undefined) {
    const name = value.value === '' ? (letter === 'I' ? 'current' : null) : value.value
    return mapTree(new Map([entry(letter, scalarTree(name, name === null ? tag : value.origin))]), origin)
  }
  if (letter === 'R' && value.kind === 'list' && value.items.length > 0) {
    const [distribution, ...args] = value.items
    const entries = args.length > 0 ? [entry('args', listTree(args, value.origin))] : []
    return mapTree(new Map([entry('R', distribution!), ...entries]), origin)
  }
  const named = value.kind === 'map' && [...value.entries.keys()].some(key => Object.hasOwn(namedExpressions, key))
  if (named && 'BCDLMV'.includes(letter)) return mapTree(new Map([entry(letter, value)]), origin)
  if (value.kind !== 'hole') {
    const allowed = forms[letter] ?? `!${letter} name`
    const further = namedExpressions[letter].further.map(key => `, ${key}: …`).join('')
    const fix = further && `The plain form takes more: {${letter}: name${further}}`
    findings.add('wrong-tag-value', { tag: `!${letter}`, allowed, fix }, tag)
  }
  return holeTree(origin)
}
