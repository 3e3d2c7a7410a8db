/** Which components an action reads and writes, as its options say: written once, in the action's row. */
import type { Options } from '../../options/index.js'
import { isPlainObject } from '../../util/json.js'
import { isExpressionJson } from './expressions/expression-json.js'
import { liveNameOf } from './expressions/operations.js'

/** A name of a component in the options of an action. */
export interface ComponentUse {
  readonly name: string
  /** Keys from the options to the name. */
  readonly path: readonly (string | number)[]
  /** The names that are allowed here. Default: those that the batch has. */
  readonly allowed?: readonly string[]
}

/** The shape of one item of a component. */
export type ItemShape = readonly number[]

/** A component that an action writes. */
export interface ComponentWrite {
  readonly name: string
  /** The shape of its items, from those of the components before; undefined, as without it, where that is not certain. */
  readonly shape?: (of: (component: string) => ItemShape | undefined) => ItemShape | undefined
}

/** The shape of an item that an action returns, from that of the item it takes; undefined if it is not certain. */
export type ShapeRule = (from: ItemShape, options: Readonly<Record<string, unknown>>) => ItemShape | undefined

/** The rule, which reads the defaults of options that are not written. */
export function withDefaults({ table }: Options, rule: ShapeRule): ShapeRule {
  const defaults = Object.fromEntries(Object.entries(table).map(([name, { default: value }]) => [name, value]))
  return (from, written) => rule(from, { ...defaults, ...written })
}

/** The rule of actions that keep the shape of items. */
export const sameShape: ShapeRule = from => from

/** What the options say of components. Names that are computed are not known. */
export interface ComponentFacts {
  /** Components that the batch must have. */
  readonly reads?: readonly ComponentUse[]
  /** Components that it has afterwards. */
  readonly writes?: readonly ComponentWrite[]
  /** True if it may write others, too. Default false. */
  readonly writesAny?: boolean
  /** The only components that it has afterwards. */
  readonly keeps?: readonly string[]
}

/** The facts of an action. `declared` are the components of the batch class; none if it takes any. */
export type FactsOf = (options: Readonly<Record<string, unknown>>, declared: readonly string[]) => ComponentFacts

/** The names that an option holds: one, a list of them, or lists of several at once; of a value that is none of these, none. */
export function namesIn(value: unknown, path: readonly (string | number)[]): readonly ComponentUse[] {
  return isNames(value) ? usesIn(value, path) : []
}

type Names = string | readonly Names[]

function isNames(value: unknown): value is Names {
  return Array.isArray(value) ? value.every(item => isNames(item) || isComputed(item)) : typeof value === 'string' && value !== ''
}

function usesIn(value: Names, path: readonly (string | number)[]): readonly ComponentUse[] {
  if (typeof value === 'string') return [{ name: value, path }]
  return Array.isArray(value) ? value.flatMap((item, i) => usesIn(item, [...path, i])) : []
}

/** True if an option is computed, or a part of it, so that it may hold any name. */
export function isComputed(value: unknown): boolean {
  if (isExpressionJson(value) || liveNameOf(value) !== undefined) return true
  return Array.isArray(value) && value.some(isComputed)
}

/** The keys of a map that is written out, as names. */
export function keysIn(value: unknown, path: readonly (string | number)[], allowed: readonly string[]): readonly ComponentUse[] {
  if (!isPlainObject(value) || isComputed(value)) return []
  return Object.keys(value).map(name => ({ name, path: [...path, name], allowed }))
}

/**
 * The facts of an action that reads `src` and writes `dst`, or `src` without one.
 *
 * @example
 * const facts = sourceToTarget('images')({ dst: 'small' }, [])   // reads images, writes small
 */
export function sourceToTarget(defaultSource?: string, rule?: ShapeRule): FactsOf {
  return options => {
    const { src = defaultSource, dst = src, p = 1 } = options
    const [from, to] = [namesIn(src, ['src']), namesIn(dst, ['dst'])]
    const isOneByOne = rule !== undefined && from.length === to.length && [...from, ...to].every(({ path }) => path.length <= 2)
    const shapeAfter = (before: ItemShape | undefined) => {
      const after = before && rule?.(before, options)
      // Items that are left as they are keep their shape.
      return p === 1 || `${after}` === `${before}` ? after : undefined
    }
    return {
      reads: from,
      writes: to.map(({ name }, i) => ({ name, ...(isOneByOne && { shape: of => shapeAfter(of(from[i]!.name)) }) })),
      writesAny: isComputed(dst),
    }
  }
}
