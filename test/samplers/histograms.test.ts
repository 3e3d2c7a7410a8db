import { expect } from 'chai'
import { HistoSampler } from '../../src/samplers.js'
import { NdArray } from '../../src/util/nd-array.js'

const grid = {
  edges: [
    [0, 1, 2],
    [0, 10, 20, 30],
  ],
}
const edgesOf = (histo: HistoSampler) => histo.edges.map(axis => [...axis])

describe('histograms', () => {
  const spreads: readonly (readonly [string, Parameters<typeof HistoSampler.fromData>, readonly number[][]])[] = [
    ['ten bins by default', [[0, 10]], [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]],
    ['one bin', [[2, 4], { bins: 1 }], [[2, 4]]],
    ['a single value lies in the middle of its bins', [[3, 3], { bins: 2 }], [[2.5, 3, 3.5]]],
    [
      'bins per axis',
      [
        [
          [0, 0],
          [1, 3],
        ],
        { bins: [2, 3] },
      ],
      [
        [0, 0.5, 1],
        [0, 1, 2, 3],
      ],
    ],
    [
      'the last edge is the largest value to the bit',
      [[0, 0.7], { bins: 49 }],
      [[...Array.from({ length: 49 }, (_, i) => (0.7 * i) / 49), 0.7]],
    ],
  ]
  for (const [title, [points, options], edges] of spreads) {
    it(`of points: ${title}`, () => expect(edgesOf(HistoSampler.fromData(points, options))).to.deep.equal(edges))
  }

  it('points of an array count like rows of numbers', () => {
    const rows = [
      [0.5, 5],
      [1.5, 25],
      [1.5, 25],
    ]
    expect(new HistoSampler(grid).update(NdArray.from(rows)).bins.toNested()).to.deep.equal(
      new HistoSampler(grid).update(rows).bins.toNested(),
    )
  })

  const counted: readonly (readonly [string, readonly number[], readonly (readonly number[])[]])[] = [
    [
      'inside',
      [0.5, 15],
      [
        [0, 1, 0],
        [0, 0, 0],
      ],
    ],
    [
      'on an inner edge: the bin above',
      [1, 20],
      [
        [0, 0, 0],
        [0, 0, 1],
      ],
    ],
    [
      'on the first edges',
      [0, 0],
      [
        [1, 0, 0],
        [0, 0, 0],
      ],
    ],
    [
      'on the last edges: the last bin',
      [2, 30],
      [
        [0, 0, 0],
        [0, 0, 1],
      ],
    ],
    [
      'below the first axis',
      [-0.1, 15],
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
    [
      'below the last axis',
      [1.5, -0.1],
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
    [
      'above the first axis',
      [2.1, 15],
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
    [
      'above the last axis',
      [0.5, 30.1],
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
  ]
  for (const [title, point, bins] of counted) {
    it(`counts a point ${title}`, () => {
      expect(new HistoSampler(grid).update([point]).bins.toNested()).to.deep.equal(bins)
    })
  }

  const single: readonly (readonly [flat: number, low: readonly number[], high: readonly number[]])[] = [
    [0, [0, 0], [1, 10]],
    [2, [0, 20], [1, 30]],
    [3, [1, 0], [2, 10]],
    [4, [1, 10], [2, 20]],
  ]
  for (const [flat, low, high] of single) {
    it(`the points of bin ${flat} of a flat list lie in ${low} … ${high}`, () => {
      const bins = Array.from({ length: 6 }, (_, i) => (i === flat ? 2 : 0))
      const points = new HistoSampler({ ...grid, bins }).sample(50, { seed: 1 }).toNested() as number[][]
      for (const point of points) for (const [axis, x] of point.entries()) expect(x).to.be.within(low[axis]!, high[axis]!)
    })
  }

  it('counts of a shaped array are those of a flat list', () => {
    const shaped = new HistoSampler({
      ...grid,
      bins: NdArray.from([
        [0, 1, 2],
        [3, 4, 5],
      ]),
    })
    expect(shaped.sample(9).data).to.deep.equal(new HistoSampler({ ...grid, bins: [0, 1, 2, 3, 4, 5] }).sample(9).data)
  })

  describe('refuse', () => {
    const axis = [0, 1, 2]
    const wrong: readonly (readonly [string, () => unknown, string, RegExp])[] = [
      ['edges that fall', () => new HistoSampler({ edges: [0, 2, 1] }), 'histogram', /do not increase.*\[0,2,1\]/],
      ['edges that stay', () => new HistoSampler({ edges: [0, 1, 1] }), 'histogram', /do not increase/],
      ['a single edge', () => new HistoSampler({ edges: [0] }), 'histogram', /do not increase/],
      ['an axis that is a string', () => new HistoSampler({ edges: ['01'] as never }), 'histogram', /do not increase.*"01"/],
      ['too few counts', () => new HistoSampler({ edges: axis, bins: [1] }), 'histogram', /its bins are \[2\]. Seen: 1\./],
      [
        'counts of another shape',
        () => new HistoSampler({ ...grid, bins: new NdArray(new Float64Array(6), [3, 2]) }),
        'histogram',
        /its bins are \[2, 3\]. Seen: \[3, 2\]/,
      ],
      ['a count below 0', () => new HistoSampler({ edges: axis, bins: [1, -1] }), 'histogram', /a count is below 0.*\[1,-1\]/],
      ['a count that is endless', () => new HistoSampler({ edges: axis, bins: [1, Infinity] }), 'histogram', /not a number/],
      ['to draw when all bins are empty', () => new HistoSampler(grid).sample(1), 'histogram', /all its bins are empty. Seen: 6 bins/],
      ['points of other dimensions', () => new HistoSampler({ edges: [0, 1] }).update([[0, 1]]), 'sampler-dim', /a point for a histogram/],
      ['a point that is a string', () => new HistoSampler({ edges: axis }).update(['a'] as never), 'sampler-values', /a point .*Seen: "a"/],
      ['no points', () => HistoSampler.fromData([]), 'histogram', /there are no points. Seen: \[\]/],
      ['no bins', () => HistoSampler.fromData([1, 2], { bins: 0 }), 'wrong-value', /bins .*Seen: 0.*an integer from 1, or one per axis/],
      ['half a bin', () => HistoSampler.fromData([1, 2], { bins: 1.5 }), 'wrong-value', /bins .*Seen: 1.5/],
      ['bins for fewer axes', () => HistoSampler.fromData([[1, 2]], { bins: [3] }), 'wrong-value', /bins .*Seen: \[3\]/],
    ]
    for (const [title, work, code, message] of wrong) {
      it(title, () => expect(work).to.throw(message).with.property('code', code))
    }
  })
})
