import { expect } from 'chai'
import { type Condition, describeCondition, toTest } from '../../src/samplers/condition.js'

const sum = (point: readonly number[]) => point[0]! + point[1]!

describe('the points that a condition keeps', () => {
  const cases: readonly [
    name: string,
    condition: Condition,
    kept: readonly (readonly number[])[],
    dropped: readonly (readonly number[])[],
  ][] = [
    [
      'one lower bound',
      { low: 0 },
      [
        [0, 0],
        [5, 1],
      ],
      [
        [-0.1, 3],
        [3, -0.1],
      ],
    ],
    [
      'one upper bound',
      { high: 1 },
      [
        [1, 1],
        [-9, 0],
      ],
      [
        [1.1, 0],
        [0, 1.1],
      ],
    ],
    [
      'a list of one bound is one for every coordinate',
      { low: [2] },
      [[2, 2]],
      [
        [2, 1],
        [1, 2],
      ],
    ],
    [
      'a bound per coordinate',
      { low: [0, 10], high: [1, 11] },
      [
        [0, 10],
        [1, 11],
      ],
      [
        [1, 9],
        [2, 10],
        [0, 12],
      ],
    ],
    ['typed arrays', { low: Float32Array.of(0, 10) }, [[0, 10]], [[10, 0]]],
    [
      'a number of the point',
      { low: 1, high: 2, expr: sum },
      [
        [0.5, 0.5],
        [3, -1],
      ],
      [
        [0, 0],
        [3, 0],
      ],
    ],
    [
      'numbers of the point',
      { low: 0, expr: ([x, y]) => [x! - 1, y! - 1, 0] },
      [[1, 1]],
      [
        [1, 0],
        [0, 1],
      ],
    ],
    ['more numbers than coordinates, a bound each', { low: [0, 0, 5], expr: ([x, y]) => [x!, y!, x! + y!] }, [[2, 3]], [[2, 2]]],
    ['a truth', { expr: ([x]) => x! > 0 }, [[1, -1]], [[0, 1]]],
    [
      'truths, of which each has to hold',
      { expr: ([x, y]) => [x! > 0, y! > 0] },
      [[1, 1]],
      [
        [1, 0],
        [0, 1],
        [0, 0],
      ],
    ],
    ['truths between bounds are 0 and 1', { low: 1, expr: ([x]) => x! > 0 }, [[1, 0]], [[0, 0]]],
  ]
  for (const [name, condition, kept, dropped] of cases) {
    it(name, () => {
      const test = toTest(condition, 2)
      for (const point of kept) expect(test(point), `${point}`).to.equal(true)
      for (const point of dropped) expect(test(point), `${point}`).to.equal(false)
    })
  }

  it('stay the same when the caller changes a list of bounds', () => {
    const low = [0, 0]
    const test = toTest({ low }, 2)
    low[0] = 9
    expect(test([1, 1])).to.equal(true)
  })

  it('need a bound or an expression, and a bound per coordinate; those of an expression are its own', () => {
    expect(() => toTest({}, 2))
      .to.throw()
      .with.property('code', 'truncated-by-nothing')
    expect(() => toTest({ low: [1, 2, 3] }, 2)).to.throw(/low of truncate.*Seen: 3.*Allowed: 1 or 2/)
    expect(() => toTest({ high: [] }, 2)).to.throw(/high of truncate/)
    expect(() => toTest({ low: [1, 2, 3], expr: sum }, 2)).not.to.throw()
  })

  it('are described', () => {
    const described: readonly [Condition, string][] = [
      [{ low: 0 }, '0 ≤ point'],
      [{ high: 1 }, 'point ≤ 1'],
      [{ low: 0, high: 1 }, '0 ≤ point ≤ 1'],
      [{ low: 0, expr: sum }, '0 ≤ expr(point)'],
      [{ expr: sum }, 'expr(point)'],
      [{}, 'point'],
    ]
    for (const [condition, text] of described) expect(describeCondition(condition)).to.equal(text)
  })
})
