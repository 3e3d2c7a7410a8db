/** What a config writes as a name with options: `'cosine'`, `['cosine', { alpha: 0.1 }]` or `{ name: 'cosine', alpha: 0.1 }`. */
import { describeValue } from '../../util/describe-value.js'
import { isPlainObject } from '../../util/json.js'

export interface NamedOptions {
  /** As written; undefined where there is none. */
  readonly name: unknown
  /** By the options' own spelling: what is written as in BatchFlow (`learning_rate`) becomes `learningRate`. */
  readonly options: readonly WrittenOption[]
  /** Where the name stands below the key. */
  readonly namePath: readonly (string | number)[]
}

export interface WrittenOption {
  readonly option: string
  readonly value: unknown
  readonly path: readonly (string | number)[]
}

/** Splits the three forms. */
export function splitNamedOptions(written: unknown): NamedOptions {
  if (Array.isArray(written)) return { name: written[0], options: toOptions(written[1], [1]), namePath: [0] }
  if (!isPlainObject(written)) return { name: written, options: [], namePath: [] }
  const { name, ...options } = written
  return { name, options: toOptions(options, []), namePath: ['name'] }
}

function toOptions(options: unknown, above: readonly number[]): WrittenOption[] {
  return Object.entries(isPlainObject(options) ? options : {}).map(([key, value]) => ({
    option: key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
    path: [...above, key],
  }))
}

/** BatchFlow's spelling of a name: `learningRate` → `learning_rate`. */
export const toSnakeCase = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

/** A name without letter case, `-`, `_`, blanks and one of the `endings`. */
export function simplifyName(name: unknown, endings: readonly string[] = []): string {
  const simple = String(name).toLowerCase().replace(/[-_ ]/g, '')
  const ending = endings.find(end => simple.endsWith(end) && simple !== end)
  return ending ? simple.slice(0, -ending.length) : simple
}

/** A name or an option that cannot be used: what is wrong, at which key below. */
export interface OptionProblem {
  readonly path: readonly (string | number)[]
  readonly seen: string
  /** A closed set of names, or in words. */
  readonly allowed: readonly string[] | string
}

/** A name as errors show it: without quotes. */
export const showName = (name: unknown) => (typeof name === 'string' ? name : describeValue(name))
