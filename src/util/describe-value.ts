/** How errors refer to a value: by its kind, or by its content. */
import { isPlainObject } from './json.js'
import { NdArray } from './nd-array.js'

/** Characters of a description at most. */
const MAX_LENGTH = 120

/**
 * What a value is, in a few words. Strings, numbers and booleans are shown as they are.
 *
 * @example
 * describeKind([1, 2, 3])   // 'a list of 3'
 * describeKind('abc')       // 'the string "abc"'
 * describeKind({ a: 1 })    // 'an object with a'
 */
export function describeKind(value: unknown): string {
  if (value instanceof NdArray) return `${articleOf(value.dtype)} ${value.dtype} array of shape [${value.shape.join(', ')}]`
  if (typeof value === 'string') return `the string ${shorten(JSON.stringify(value), 60)}`
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (!isPlainObject(value)) {
    const name = value.constructor?.name || 'object'
    return `${articleOf(name)} ${name}`
  }
  const keys = Object.keys(value)
  return keys.length === 0 ? 'an empty object' : `an object with ${shorten(keys.join(', '), 60)}`
}

/**
 * The content of a value on one line of at most 120 characters: JSON for plain data; arrays, functions, instances and what JSON cannot
 * write by their kind.
 *
 * @example
 * describeValue({ dim: [1, 2] })   // '{"dim":[1,2]}'
 */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return shorten(JSON.stringify(value), MAX_LENGTH)
  if (Array.isArray(value) && value[0] instanceof NdArray)
    return `a list of ${[...new Set(value.map(describeKind))].slice(0, 3).join(' and ')}`
  return Array.isArray(value) || isPlainObject(value) ? describePlain(value) : describeKind(value)
}

function describePlain(value: object): string {
  try {
    return shorten(JSON.stringify(value), MAX_LENGTH)
  } catch {
    return describeKind(value)
  }
}

const shorten = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

const articleOf = (word: string) => (/^[aeio]/i.test(word) ? 'an' : 'a')
