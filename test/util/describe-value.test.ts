import { expect } from 'chai'
import { describeKind, describeValue } from '../../src/util/describe-value.js'
import { NdArray } from '../../src/util/nd-array.js'

class Engine {}
const long = 'x'.repeat(200)
const circular: Record<string, unknown> = { name: 'a' }
circular.self = circular

/** A value, its kind, its content. */
const rows: readonly (readonly [value: unknown, kind: string, content: string])[] = [
  [undefined, 'undefined', 'undefined'],
  [null, 'null', 'null'],
  [true, 'true', 'true'],
  [-0.5, '-0.5', '-0.5'],
  [10n, '10', '10'],
  ['a "b"', 'the string "a \\"b\\""', '"a \\"b\\""'],
  [long, `the string "${'x'.repeat(58)}…`, `"${'x'.repeat(118)}…`],
  ['x'.repeat(58), `the string "${'x'.repeat(58)}"`, `"${'x'.repeat(58)}"`],
  ['x'.repeat(118), `the string "${'x'.repeat(58)}…`, `"${'x'.repeat(118)}"`],
  [() => 1, 'a function', 'a function'],
  [Symbol('s'), 'a symbol', 'a symbol'],
  [[], 'an empty list', '[]'],
  [[1, 'a'], 'a list of 2', '[1,"a"]'],
  [{}, 'an empty object', '{}'],
  [{ dim: [1, 2], b: null }, 'an object with dim, b', '{"dim":[1,2],"b":null}'],
  [Object.fromEntries([[long, 1]]), `an object with ${'x'.repeat(59)}…`, `{"${'x'.repeat(117)}…`],
  [new Engine(), 'an Engine', 'an Engine'],
  [new Map(), 'a Map', 'a Map'],
  [new (class {})(), 'an object', 'an object'],
  [Object.create(Object.create(null)), 'an object', 'an object'],
  [Uint8Array.of(1), 'a Uint8Array', 'a Uint8Array'],
  [NdArray.zeros([2, 3]), 'a float32 array of shape [2, 3]', 'a float32 array of shape [2, 3]'],
  [NdArray.zeros([2], 'int8'), 'an int8 array of shape [2]', 'an int8 array of shape [2]'],
  [
    [NdArray.zeros([2]), NdArray.zeros([2]), NdArray.zeros([3])],
    'a list of 3',
    'a list of a float32 array of shape [2] and a float32 array of shape [3]',
  ],
  [
    [1, 2, 3, 4].map(n => NdArray.zeros([n], 'int32')),
    'a list of 4',
    'a list of an int32 array of shape [1] and an int32 array of shape [2] and an int32 array of shape [3]',
  ],
  [circular, 'an object with name, self', 'an object with name, self'],
  [[1n, 2n], 'a list of 2', 'a list of 2'],
]

describe('how errors refer to a value', () => {
  for (const [value, kind, content] of rows) {
    it(`its kind: ${kind}; its content: ${content}`, () => {
      expect([describeKind(value), describeValue(value)]).to.deep.equal([kind, content])
    })
  }
})
