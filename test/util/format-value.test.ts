import { expect } from 'chai'
import { NdArray } from '../../src/index.js'
import { formatSignificant, formatValue } from '../../src/util/format-value.js'

describe('values in a few words', () => {
  const cases: [string, unknown, string][] = [
    ['a text', 'done', 'done'],
    ['a whole number', 60000, '60000'],
    ['a number', 1 / 3, '0.333333'],
    ['a small number', 1e-7, '1e-7'],
    ['what is no number', Number.NaN, 'NaN'],
    ['true', true, 'true'],
    ['nothing', null, 'null'],
    [
      'an array',
      NdArray.from([
        [0, 0.1],
        [2, 3],
        [4, 5],
      ]),
      'float32 [3, 2] 0 0.1 2 3 …',
    ],
    ['a short array', NdArray.from([1, 2], 'int32'), 'int32 [2] 1 2'],
    ['a scalar', new NdArray(Float32Array.of(0.5), []), '0.5'],
    ['a typed array', Uint8Array.of(1, 2, 3, 4, 5), 'uint8 [5] 1 2 3 4 …'],
    ['a list', [1, 'a', null], '[1, "a", null]'],
    ['a long list', Array.from({ length: 100 }, (_, i) => i), '[0, 1, 2, 3, … 96 more]'],
    ['an object', { loss: 0.25, seen: [1, 2], name: 'a' }, 'loss=0.25 seen=[1, 2] name="a"'],
    ['an object in one', { a: { b: 1 } }, 'a={ b=1 }'],
    ['an array of four', NdArray.from([1, 2, 3, 4]), 'float32 [4] 1 2 3 4'],
    ['a list of four', [1, 2, 3, 4], '[1, 2, 3, 4]'],
    ['a list of five', [1, 2, 3, 4, 5], '[1, 2, 3, 4, 5]'],
    ['a list of six', [1, 2, 3, 4, 5, 6], '[1, 2, 3, 4, … 2 more]'],
    ['an array of large integers', BigInt64Array.of(1n, -2n), '1,-2'],
    ['an array of large integers without a sign', BigUint64Array.of(1n, 2n), '1,2'],
    ['a function', Math.max, '[Function: max]'],
    ['a map', new Map([['a', 1]]), "Map(1) { 'a' => 1 }"],
    ['what says itself how it reads', new URL('http://a.b/c'), 'http://a.b/c'],
  ]
  for (const [what, value, text] of cases) it(`${what} is ${text}`, () => expect(formatValue(value)).to.equal(text))

  it('numbers have as many digits as one asks for', () => expect(formatSignificant(2 / 3, 3)).to.equal('0.667'))
})
