/**
 * Expressions as plain data. A named expression is an object whose key is one capital letter, `{ B: 'images' }`; an operation is an
 * object whose only key is its sign, `{ '/': [{ B: 'images' }, 255] }`. The same objects stand in a spec and in a YAML file.
 */
import { isPlainObject, type JsonObject, type JsonValue } from '../../../util/json.js'

/** The letters, what each reads, and the further keys it may have. BatchFlow's named expressions. */
export const namedExpressions = {
  B: { summary: 'a component of the batch, or the batch itself', further: ['copy'], empty: true },
  C: { summary: "a value of the pipeline's config, by path, or the whole config", further: ['default', 'pipeline'], empty: true },
  D: { summary: 'an attribute of the dataset, or the dataset itself', further: [], empty: true },
  F: { summary: 'the result of calling a function', further: ['args'], empty: false },
  I: { summary: 'the iteration: current (from 1), maximum, or ratio', further: [], empty: true },
  IF: { summary: 'one of two values, by a condition: [condition, value, other value]', further: [], empty: false },
  L: { summary: 'a component, item by item: what is done with it is done with each item', further: [], empty: false },
  M: { summary: 'a model', further: [], empty: false },
  P: { summary: 'a value for each item of the batch, evaluated once', further: [], empty: false },
  PP: { summary: 'a value for each item of the batch, evaluated once an item', further: [], empty: false },
  R: { summary: 'a random value from a distribution, or a choice from a list', further: ['args', 'params', 'size', 'seed'], empty: false },
  V: { summary: 'a variable of the pipeline', further: ['mode', 'pipeline'], empty: false },
  W: { summary: 'an expression itself, not evaluated', further: [], empty: true },
} as const satisfies Record<string, { summary: string; further: readonly string[]; empty: boolean }>

export type ExpressionLetter = keyof typeof namedExpressions

/** The operations, their number of operands (`[least, most]`), and the name of the method that writes them in TypeScript. */
export const operations = {
  '+': { operands: [2, 2], method: 'add' },
  '-': { operands: [1, 2], method: 'sub' },
  '*': { operands: [2, 2], method: 'mul' },
  '/': { operands: [2, 2], method: 'div' },
  '//': { operands: [2, 2], method: 'floorDiv' },
  '%': { operands: [2, 2], method: 'mod' },
  '**': { operands: [2, 2], method: 'pow' },
  '@': { operands: [2, 2], method: 'matmul' },
  '==': { operands: [2, 2], method: 'eq' },
  '!=': { operands: [2, 2], method: 'ne' },
  '<': { operands: [2, 2], method: 'lt' },
  '<=': { operands: [2, 2], method: 'le' },
  '>': { operands: [2, 2], method: 'gt' },
  '>=': { operands: [2, 2], method: 'ge' },
  '&': { operands: [2, 2], method: 'and' },
  '|': { operands: [2, 2], method: 'or' },
  '^': { operands: [2, 2], method: 'xor' },
  '<<': { operands: [2, 2], method: 'leftShift' },
  '>>': { operands: [2, 2], method: 'rightShift' },
  '~': { operands: [1, 1], method: 'invert' },
  '!': { operands: [1, 1], method: 'not' },
  '|x|': { operands: [1, 1], method: 'abs' },
  '.str': { operands: [1, 1], method: 'str' },
  '.format': { operands: [2, 2], method: 'format' },
  '.': { operands: [2, 2], method: 'attr' },
  '[]': { operands: [2, 4], method: 'at' },
  '()': { operands: [1, Number.POSITIVE_INFINITY], method: 'call' },
} as const satisfies Record<string, { operands: readonly [number, number]; method: string }>

export type Operation = keyof typeof operations

/** Methods a file may call: those of arrays, lists and texts that give a value and do nothing else. */
export const callableMethods = [
  ...['sum', 'mean', 'std', 'var', 'max', 'min', 'argmax', 'argmin', 'cast', 'reshape', 'item', 'slice', 'take', 'toNested'],
  ...['includes', 'indexOf', 'join', 'split', 'trim', 'toLowerCase', 'toUpperCase', 'startsWith', 'endsWith', 'toFixed'],
  ...['evaluate', 'at'],
] as const satisfies readonly string[]

/** A live thing (a function, an array, a tensor) that is data here only by its name: `{ live: name }` under this key. */
export const LIVE = '@live'

export type ExpressionJson = JsonObject

/** The letter of a named expression, or undefined for any other value. */
export function letterOf(value: unknown): ExpressionLetter | undefined {
  if (!isPlainObject(value)) return undefined
  const keys = Object.keys(value)
  const letter = keys.find((key): key is ExpressionLetter => Object.hasOwn(namedExpressions, key))
  if (letter === undefined) return undefined
  const further: readonly string[] = namedExpressions[letter].further
  return keys.every(key => key === letter || further.includes(key)) ? letter : undefined
}

/** The sign of an operation, or undefined for any other value. */
export function operationOf(value: unknown): Operation | undefined {
  if (!isPlainObject(value)) return undefined
  const keys = Object.keys(value)
  return keys.length === 1 && Object.hasOwn(operations, keys[0]!) && Array.isArray(value[keys[0]!]) ? (keys[0] as Operation) : undefined
}

export function isExpressionJson(value: unknown): value is ExpressionJson {
  return letterOf(value) !== undefined || operationOf(value) !== undefined
}

/** The name of a live thing, or undefined for any other value. */
export function liveNameOf(value: unknown): string | undefined {
  if (!isPlainObject(value) || Object.keys(value).length !== 1) return undefined
  const name = value[LIVE]
  return typeof name === 'string' ? name : undefined
}

/** One named expression met inside a value. */
export interface ExpressionUse {
  readonly letter: ExpressionLetter
  readonly name: JsonValue
  readonly json: JsonObject
  /** Keys from the value walked to this expression. */
  readonly path: readonly (string | number)[]
}

/** Every named expression inside a value, outermost first. What `W` wraps is walked too. */
export function* expressionsIn(value: unknown, path: readonly (string | number)[] = []): Generator<ExpressionUse> {
  const letter = letterOf(value)
  if (letter !== undefined) {
    const json = value as JsonObject
    yield { letter, name: json[letter]!, json, path }
  }
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* expressionsIn(item, [...path, i])
  else if (isPlainObject(value)) for (const [key, item] of Object.entries(value)) yield* expressionsIn(item, [...path, key])
}
