/**
 * Plain data that knows where it was written. A tree is never changed: composing builds new trees from parts of old ones, so that every
 * value, wherever it ends up, leads back to its file, line and column.
 */
import type { SourceLocation } from '../../../errors/index.js'
import type { JsonValue } from '../../../util/json.js'

/** A source that was read: a file, or one `--set`. */
export interface SourceText {
  readonly file: string
  readonly text: string
}

/** A range of a source. */
export interface Origin {
  readonly source: SourceText
  readonly start: number
  readonly end: number
}

export interface Entry {
  readonly key: Origin
  readonly value: Tree
}

/** `size` counts the values inside, shared ones as often as they occur. A hole is a value whose error has already been reported. */
export type Tree = { readonly origin: Origin; readonly size: number } & (
  | { readonly kind: 'scalar'; readonly value: null | boolean | number | string }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Entry> }
  | { readonly kind: 'hole' }
)
export type MapTree = Extract<Tree, { kind: 'map' }>

export type Path = readonly (string | number)[]

/** The number of values a document may have once everything is resolved. */
export const MAX_VALUES = 100_000

/** A long string counts as more than one value: references can double strings as they can double maps. */
const CHARACTERS_A_VALUE = 100

export const scalarTree = (value: null | boolean | number | string, origin: Origin): Tree => ({
  kind: 'scalar',
  value,
  origin,
  size: typeof value === 'string' ? 1 + Math.floor(value.length / CHARACTERS_A_VALUE) : 1,
})

export const listTree = (items: readonly Tree[], origin: Origin): Tree => ({
  kind: 'list',
  items,
  origin,
  size: items.reduce((sum, item) => sum + item.size, 1),
})

export function mapTree(entries: ReadonlyMap<string, Entry>, origin: Origin): MapTree {
  let size = 1
  for (const { value } of entries.values()) size += value.size
  return { kind: 'map', entries, origin, size }
}

export const holeTree = (origin: Origin): Tree => ({ kind: 'hole', origin, size: 1 })

/** The value under a key or position. */
export function childOf(tree: Tree | undefined, key: string | number): Tree | undefined {
  if (tree?.kind === 'map') return tree.entries.get(`${key}`)?.value
  if (tree?.kind === 'list' && /^\d+$/.test(`${key}`)) return tree.items[Number(key)]
  return undefined
}

/** The keys available here, for an error; for a list, the range of positions. */
export function namesIn(tree: Tree | undefined): readonly string[] {
  if (tree?.kind === 'map') return [...tree.entries.keys()]
  return tree?.kind === 'list' && tree.items.length > 0 ? [`0 … ${tree.items.length - 1}`] : []
}

/** The map with one entry added or replaced. */
export function withEntry(map: MapTree, key: string, entry: Entry): MapTree {
  return mapTree(new Map(map.entries).set(key, entry), map.origin)
}

/** The plain data of a tree; holes are null. */
export function toPlain(tree: Tree): JsonValue {
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') return tree.items.map(toPlain)
  if (tree.kind === 'hole') return null
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, toPlain(value)]))
}

/** Line, column and source text of an origin. */
export function toPlace({ source: { file, text }, start, end }: Origin): SourceLocation {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const newline = text.indexOf('\n', start)
  const lineEnd = newline < 0 ? text.length : newline
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < start; i = text.indexOf('\n', i + 1)) line++
  const width = Math.max(1, text.slice(start, Math.min(end, lineEnd)).trimEnd().length)
  return { file, line, column: start - lineStart + 1, width, text: text.slice(lineStart, lineEnd).replace(/\r$/, '') }
}
