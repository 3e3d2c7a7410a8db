/** Rules for config keys: a closed table of keys a level, a test and a sentence of what is allowed a value. */
import { isPlainObject } from '../../util/json.js'

/** A level: the keys below it. */
export interface Level {
  readonly kind: 'level'
  readonly summary: string
  readonly keys: Readonly<Record<string, Rule>>
}

/** A value. Where `level` is given, an object with those keys may stand in its place. */
export interface Leaf {
  readonly kind: 'leaf'
  readonly summary: string
  /** What may stand there, in words. */
  readonly allowed: string
  /** The names that may stand there, where they are a closed set: a near miss gets a hint. */
  readonly names: readonly string[]
  readonly test: (value: unknown) => boolean
  readonly default?: unknown
  readonly level?: Level | Names
}

/** Keys the user chooses (names of inputs), each with the same rule below. */
export interface Names {
  readonly kind: 'names'
  readonly summary: string
  readonly each: Rule
}

export type Rule = Level | Leaf | Names

export function level(summary: string, keys: Readonly<Record<string, Rule>>): Level {
  return { kind: 'level', summary, keys }
}

export function leaf(summary: string, type: ValueType, more: { default?: unknown; level?: Level | Names } = {}): Leaf {
  const [allowed, test, names = []] = type
  return { kind: 'leaf', summary, allowed, test, names, ...more }
}

/** A kind of value: what it is in words, its test, and its names where it is a closed set of them. */
export type ValueType = readonly [allowed: string, test: (value: unknown) => boolean, names?: readonly string[]]

const isInteger = (min: number) => (value: unknown) => Number.isInteger(value) && (value as number) >= min
const isListOf = (test: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(test)

export const positiveInteger: ValueType = ['a whole number above 0', isInteger(1)]
export const positiveNumber: ValueType = ['a number above 0', value => Number.isFinite(value) && (value as number) > 0]
export const fraction: ValueType = ['a number from 0 up to 1', value => typeof value === 'number' && value >= 0 && value < 1]
export const trueOrFalse: ValueType = ['true or false', value => typeof value === 'boolean']
export const text: ValueType = ['text', value => typeof value === 'string' && value !== '']

export function listOf([allowed, test]: ValueType): ValueType {
  return [`a list, each ${allowed}`, isListOf(test)]
}

export function oneOf(names: readonly unknown[]): ValueType {
  return [names.join(', '), value => names.includes(value), names.map(String)]
}

export function either(...types: readonly ValueType[]): ValueType {
  const names = types.flatMap(([, , names = []]) => names)
  return [types.map(([allowed]) => allowed).join('; or '), value => types.some(([, test]) => test(value)), names]
}

/** A value for all layers of its kind, or a list: one for each layer of its kind in the layout, or one for each axis. */
export function perLayer(type: ValueType): ValueType {
  return [`${type[0]}, or a list of such`, value => type[1](value) || isListOf(item => type[1](item) || isListOf(type[1])(item))(value)]
}

/** The defaults of a level's keys: nested where a key has no default of its own, but keys below it have. */
export function defaultsOf(keys: Readonly<Record<string, Rule>>): Readonly<Record<string, unknown>> {
  const defaults = Object.entries(keys).map(([key, rule]) => {
    const below = levelOf(rule)
    const own = rule.kind === 'leaf' ? rule.default : undefined
    return [key, own === undefined && below?.kind === 'level' ? defaultsOf(below.keys) : own] as const
  })
  return Object.fromEntries(defaults.filter(([, value]) => value !== undefined))
}

/** Whether a rule can be descended into with more keys. */
export function levelOf(rule: Rule): Level | Names | undefined {
  return rule.kind === 'leaf' ? rule.level : rule
}

export function isLevelValue(value: unknown): value is Record<string, unknown> {
  return isPlainObject(value)
}
