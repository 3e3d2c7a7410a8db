import { expect } from 'chai'
import { readNumbers, writeNumbers } from '../../src/metrics/exact-numbers.js'
import { metricsFromJson } from '../../src/metrics.js'

describe('saved metrics', () => {
  const written: readonly (readonly [number, number | string])[] = [
    [0.1, 0.1],
    [0, 0],
    [-0, '-0'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [-Infinity, '-Infinity'],
  ]
  for (const [value, text] of written) {
    it(`${Object.is(value, -0) ? '-0' : value} is written as ${JSON.stringify(text)} and comes back`, () => {
      expect(writeNumbers([value])).to.deep.equal([text])
      expect(Object.is(readNumbers('it', [text])[0], value)).to.equal(true)
    })
  }

  const loss = (losses: unknown, lengths: unknown = [1]) => ({ kind: 'loss', losses, lengths })
  const counts = (items: unknown, options: object = { numClasses: 2 }) => ({ kind: 'classification', ...options, counts: items })

  const refused: readonly (readonly [what: string, json: unknown, message: RegExp])[] = [
    ['nothing', undefined, /kind undefined/],
    ['a kind that there is not', { kind: 'accuracy' }, /kind accuracy/],
    ['a string among numbers', loss(['1']), /1 where a number should be/],
    ['the name of a method among numbers', loss(['toString']), /toString where a number should be/],
    ['a list among numbers', loss([[NaN]]), /NaN where a number should be/],
    ['an object in place of numbers', loss({}), /object where numbers should be/],
    ['fewer lengths than losses', loss([1, 2]), /2 losses of 1 batches/],
    ['counts that are no list', counts(3), /counts that are not lists of 4 integers from 0/],
    ['counts of other classes', counts([[1, 2]]), /counts that are not lists of 4 integers from 0/],
    ['a count below 0', counts([[1, 2, 3, -1]]), /counts that are not lists of 4 integers/],
    ['half a count', counts([[1, 2, 3, 0.5]]), /counts that are not lists of 4 integers/],
    ['an item that is no list', counts(['abcd']), /counts that are not lists of 4 integers/],
    ['counts without a number of classes', counts([[1]], {}), /counts that are not lists/],
  ]
  for (const [what, json, message] of refused) {
    it(`are refused with ${what}`, () => {
      expect(() => metricsFromJson(json))
        .to.throw(message)
        .with.property('code', 'metrics-state')
    })
  }
})
