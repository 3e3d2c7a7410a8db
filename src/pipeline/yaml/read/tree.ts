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

/** How a number, true, false or null is written. */
export interface Spelling {
  readonly spelled?: string | undefined
  /** True of what comes from the environment or the command line, where nothing says whether `7` is a number or text: what is wanted decides. */
  readonly isLoose?: boolean | undefined
}

/**
 * `size` counts the values inside, shared ones as often as they occur; `depth` the levels. A hole is a value whose error has already been
 * reported, a deletion takes away what is inherited under its key; it is `isDone` when there was something.
 */
export type Tree = { readonly origin: Origin; readonly size: number; readonly depth: number } & (
  | ({ readonly kind: 'scalar'; readonly value: Scalar } & Spelling)
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Entry> }
  | { readonly kind: 'hole' }
  | { readonly kind: 'deletion'; readonly isDone: boolean }
)
export type Scalar = null | boolean | number | string
export type MapTree = Extract<Tree, { kind: 'map' }>

export type Path = readonly (string | number)[]

/** The number of values a document may have once everything is resolved. */
export const MAX_VALUES = 100_000

/** The number of levels a document may have once everything is resolved. */
export const MAX_DEPTH = 200

/** A long string counts as more than one value: references can double strings as they can double maps. */
const CHARACTERS_A_VALUE = 100

export const scalarTree = (value: Scalar, origin: Origin, { spelled, isLoose }: Spelling = {}): Tree => ({
  kind: 'scalar',
  value,
  origin,
  size: typeof value === 'string' ? 1 + Math.floor(value.length / CHARACTERS_A_VALUE) : 1,
  depth: 0,
  ...(spelled !== undefined && { spelled }),
  ...(isLoose && { isLoose }),
})

export function listTree(items: readonly Tree[], origin: Origin): Tree {
  return { kind: 'list', items, origin, ...extentOf(items) }
}

export function mapTree(entries: ReadonlyMap<string, Entry>, origin: Origin): MapTree {
  return { kind: 'map', entries, origin, ...extentOf([...entries.values()].map(({ value }) => value)) }
}

export const holeTree = (origin: Origin): Tree => ({ kind: 'hole', origin, size: 1, depth: 0 })

export const deletionTree = (origin: Origin, isDone = false): Tree => ({ kind: 'deletion', isDone, origin, size: 1, depth: 0 })

function extentOf(inside: readonly Tree[]): { readonly size: number; readonly depth: number } {
  return inside.reduce((all, { size, depth }) => ({ size: all.size + size, depth: Math.max(all.depth, depth + 1) }), { size: 1, depth: 1 })
}

/** A scalar as text: as it is written. */
export const textOf = ({ value, spelled }: Extract<Tree, { kind: 'scalar' }>): string => spelled || `${value}`

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

/** The plain data of a tree; holes and deletions are null. */
export function toPlain(tree: Tree): JsonValue {
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') return tree.items.map(toPlain)
  if (tree.kind !== 'map') return null
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, toPlain(value)]))
}

/** Line, column and source text of an origin. */
export function toPlace({ source, start, end }: Origin): SourceLocation {
  const { file, text } = source
  const starts = lineStarts(source)
  const line = lineAt(starts, start)
  const lineStart = starts[line - 1]!
  const lineEnd = (starts[line] ?? text.length + 1) - 1
  const width = Math.max(1, text.slice(start, Math.min(end, lineEnd)).trimEnd().length)
  return { file, line, column: start - lineStart + 1, width, text: text.slice(lineStart, lineEnd).replace(/\r$/, '') }
}

const knownStarts = new WeakMap<SourceText, readonly number[]>()

/** Where the lines of a source begin. */
export function lineStarts(source: SourceText): readonly number[] {
  const known = knownStarts.get(source)
  if (known) return known
  const starts = [0]
  for (let i = source.text.indexOf('\n'); i >= 0; i = source.text.indexOf('\n', i + 1)) starts.push(i + 1)
  knownStarts.set(source, starts)
  return starts
}

/** The number of the line, from 1, that a position is on. */
export function lineAt(starts: readonly number[], position: number): number {
  let [low, high] = [0, starts.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= position) low = middle
    else high = middle
  }
  return low + 1
}
