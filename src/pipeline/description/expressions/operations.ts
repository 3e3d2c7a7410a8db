/** Operations of expressions as plain data, and the names of live things: what is known without the table of letters. */
import { isPlainObject, type JsonObject } from '../../../util/json.js'

/** The operations, their number of operands (`[minimum, maximum]`), and the name of the method that writes them in TypeScript. */
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

/** Methods a file may call: those of arrays, lists and strings that return a value and have no effect. */
export const callableMethods = [
  ...['sum', 'mean', 'std', 'var', 'max', 'min', 'argmax', 'argmin', 'cast', 'reshape', 'item', 'slice', 'take', 'toNested'],
  ...['includes', 'indexOf', 'join', 'split', 'trim', 'toLowerCase', 'toUpperCase', 'startsWith', 'endsWith', 'toFixed'],
  ...['evaluate', 'at'],
] as const satisfies readonly string[]

/** A live thing (a function, an array, a tensor) that is represented by its name: `{ live: name }` under this key. */
export const LIVE = '@live'

export type ExpressionJson = JsonObject

/** The sign of an operation, or undefined for any other value. */
export function operationOf(value: unknown): Operation | undefined {
  if (!isPlainObject(value)) return undefined
  const keys = Object.keys(value)
  return keys.length === 1 && Object.hasOwn(operations, keys[0]!) && Array.isArray(value[keys[0]!]) ? (keys[0] as Operation) : undefined
}

/** The name of a live thing, or undefined for any other value. */
export function liveNameOf(value: unknown): string | undefined {
  if (!isPlainObject(value) || Object.keys(value).length !== 1) return undefined
  const name = value[LIVE]
  return typeof name === 'string' ? name : undefined
}
