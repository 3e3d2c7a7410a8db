/** The options of every action that works item by item: sources, destinations, probability, parallelism. */
import { fail } from '../../errors/index.js'
import type { ParallelOptions } from '../../parallel/index.js'
import { PerItem } from '../../pipeline/index.js'
import { describeValue } from '../../util/describe-value.js'
import { isPlainObject, type JsonSchema } from '../../util/json.js'

/**
 * Components that an action reads or writes: one, or a list that is processed one by one. A list in the list is several
 * components at once: `[['images', 'masks']]` passes the function a list of an image and its mask.
 */
export type ComponentNames = string | readonly (string | readonly string[])[]

/** Options of every action that works item by item. */
export interface ItemActionOptions {
  /** The component to read. With a list the action runs for each, with the same random numbers per item. */
  readonly src?: ComponentNames
  /** The component to write; a list for a list. Default: `src`. */
  readonly dst?: ComponentNames
  /** The probability of each item to be changed; the others stay unchanged. Default 1. */
  readonly p?: number
  /** Threads (`workers`), or the number of items that an async function works on at a time (`concurrency`). Results do not depend on it. */
  readonly parallel?: Pick<ParallelOptions, 'workers' | 'concurrency'>
}

const names: JsonSchema = {
  anyOf: [
    { type: 'string' },
    {
      type: 'array',
      minItems: 1,
      items: { anyOf: [{ type: 'string' }, { type: 'array', minItems: 1, items: { type: 'string' } }] },
    },
  ],
}

const maximumWorkers = 64

/** Schema of `parallel`, with further properties. */
export const parallelSchema = (further: Readonly<Record<string, JsonSchema>> = {}): JsonSchema => ({
  type: 'object',
  description: 'How items are worked on: in threads (workers), or several at a time (concurrency).',
  properties: {
    workers: { type: 'integer', minimum: 0, maximum: maximumWorkers, description: 'Threads; 0 for none besides this one.', default: 0 },
    concurrency: { type: 'integer', minimum: 1, description: 'Items that an async function works on at a time.', default: 1 },
    ...further,
  },
  required: [],
  additionalProperties: false,
})

/** Schemas of these options. */
export const itemOptionSchemas = (src?: string): Readonly<Record<string, JsonSchema>> => ({
  src: { ...names, description: 'The component to read; a list: each of them.', ...(src !== undefined && { default: src }) },
  dst: { ...names, description: 'The component to write. Default: src.' },
  p: { type: 'number', minimum: 0, maximum: 1, description: 'The probability of each item to be changed.', default: 1 },
  parallel: parallelSchema(),
})

/** The components that are read and written together: one or several. */
export interface ComponentPair {
  readonly from: string | readonly string[]
  readonly to: string | readonly string[]
}

/** @throws MillraceError `wrong-value` where `src` and `dst` are no names, or not as many */
export function pairComponents(src: unknown, dst: unknown = src): readonly ComponentPair[] {
  const from = listComponents('src', src)
  const to = listComponents('dst', dst)
  if (from.length !== to.length) {
    fail('wrong-value', { name: 'dst', seen: describeValue(dst), allowed: `as many components as src has: ${from.length}` })
  }
  return from.map((name, i) => ({ from: name, to: to[i]! }))
}

function listComponents(name: string, value: unknown): readonly (string | readonly string[])[] {
  const isNames = (entry: unknown) => Array.isArray(entry) && entry.length > 0 && entry.every(item => typeof item === 'string')
  const list = typeof value === 'string' ? [value] : value
  if (Array.isArray(list) && list.length > 0 && list.every(entry => typeof entry === 'string' || isNames(entry))) return list
  return fail('wrong-value', {
    name,
    seen: describeValue(value),
    allowed: "a component's name, a list of names, or a list with lists of names: [['images', 'masks']]",
  })
}

/** @throws MillraceError `wrong-value`, `unknown-option` for a name that is neither known to every action nor one of these */
export function checkParallel(parallel: ParallelOptions, further: readonly string[] = []): void {
  const allowed = ['workers', 'concurrency', ...further]
  if (!isPlainObject(parallel as unknown))
    fail('wrong-value', { name: 'parallel', seen: describeValue(parallel), allowed: `an object: ${allowed.join(', ')}` })
  const unknown = Object.keys(parallel).find(name => !allowed.includes(name))
  if (unknown !== undefined) fail('unknown-option', { of: 'parallel', seen: unknown, allowed })
  checkCount('workers', parallel.workers ?? 0, 0, maximumWorkers)
  checkCount('concurrency', parallel.concurrency ?? 1, 1)
  if (parallel.workers && (parallel.concurrency ?? 1) > 1) {
    fail('wrong-value', { name: 'concurrency', seen: `${parallel.concurrency} with workers`, allowed: 'workers or concurrency, not both' })
  }
}

function checkCount(name: string, value: unknown, min: number, max = Number.MAX_SAFE_INTEGER): void {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return
  const range = max === Number.MAX_SAFE_INTEGER ? `an integer from ${min}` : `an integer from ${min} to ${max}`
  fail('wrong-value', { name: `${name} of parallel`, seen: describeValue(value), allowed: range })
}

/** One probability, or one for each item. @throws MillraceError `wrong-value` */
export function readProbabilities(p: unknown, length: number): number | readonly number[] {
  const values = p instanceof PerItem ? Array.from({ length }, (_, i) => p.at(i)) : [p]
  for (const value of values) {
    if (typeof value !== 'number' || !(value >= 0 && value <= 1))
      fail('wrong-value', { name: 'p', seen: describeValue(value), allowed: '0 … 1' })
  }
  return p instanceof PerItem ? (values as number[]) : (p as number)
}
