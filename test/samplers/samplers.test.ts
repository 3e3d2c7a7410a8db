import { expect } from 'chai'
import fc from 'fast-check'
import { ConstantSampler, DistributionSampler, HistoSampler, type Sampler } from '../../src/samplers.js'
import { NdArray } from '../../src/util/nd-array.js'
import { chiSquareScore, ksScore, meanScore, variance } from '../util/distributions/goodness.js'

const count = 4000
const uniform = (dim = 1) => new DistributionSampler('uniform', {}, { dim })
const normal = (loc = 0, scale = 1) => new DistributionSampler('normal', { loc, scale })
const points = (sampler: Sampler, size = count, seed = 3) => sampler.sample(size, { seed }).toNested() as number[][]
const coordinate = (sampler: Sampler, k = 0) => points(sampler).map(point => point[k]!)

/** Samplers of every kind, for laws that hold for all of them. */
const kinds: Readonly<Record<string, () => Sampler>> = {
  constant: () => new ConstantSampler([1, 2]),
  distribution: () => new DistributionSampler('gamma', { shape: 0.7 }, { dim: 3 }),
  vectors: () => new DistributionSampler('dirichlet', { alpha: [1, 2, 3] }),
  histogram: () =>
    new HistoSampler({
      edges: [
        [0, 1, 3],
        [0, 5, 6],
      ],
      bins: [1, 0, 2, 3],
    }),
  mixture: () =>
    normal()
      .weighted(0.2)
      .or(normal(5).or(new ConstantSampler(9))),
  together: () => uniform(2).and(normal()),
  calculated: () => uniform(2).mul([3, 4]).add(normal()).pow(2).mod(7).floorDiv(0.5).div(3).sub(uniform(2)),
  truncated: () =>
    normal()
      .and(normal())
      .truncate({ low: 0, high: [1, 2] }),
  'truncated twice': () =>
    normal()
      .truncate({ low: -1 })
      .truncate({ expr: ([x]) => x! < 0.5 }),
  applied: () => uniform(2).apply(([x, y]) => [x! + y!, x! - y!, x!], { dim: 3 }),
}
const kindOf = fc.constantFrom(...Object.keys(kinds))

describe('samplers', () => {
  it('any slice of a stream can be had alone', () => {
    fc.assert(
      fc.property(kindOf, fc.nat(), fc.nat({ max: 20 }), fc.nat({ max: 20 }), fc.nat({ max: 20 }), (kind, seed, before, size, after) => {
        const all = kinds[kind]!().sample(before + size + after, { seed })
        const slice = kinds[kind]!().sample(size, { seed, position: before })
        expect(slice.data).to.deep.equal(all.data.slice(before * all.shape[1]!, (before + size) * all.shape[1]!))
      }),
    )
  })

  it('sampling leaves no trace: the same call gives the same points, whatever was asked between', () => {
    fc.assert(
      fc.property(kindOf, fc.nat(), fc.nat({ max: 50 }), (kind, seed, position) => {
        const sampler = kinds[kind]!()
        const first = sampler.sample(3, { seed, position })
        sampler.sample(5, { seed: seed + 1 })
        expect(sampler.sample(3, { seed, position }).data).to.deep.equal(first.data)
      }),
    )
  })

  for (const [kind, make] of Object.entries(kinds)) {
    it(`${kind}: float64 of shape [size, dim], other points for another seed`, () => {
      const sampler = make()
      const sample = sampler.sample(40)
      expect(sample.dtype).to.equal('float64')
      expect(sample.shape).to.deep.equal([40, sampler.dim])
      expect(sample.data.every(Number.isFinite)).to.equal(true)
      expect(sampler.sample(0).shape).to.deep.equal([0, sampler.dim])
      if (kind !== 'constant') expect(sampler.sample(40, { seed: 1 }).data).to.not.deep.equal(sample.data)
    })
  }

  describe('distributions', () => {
    it('the dimensions of one are independent and of the distribution', () => {
      const sample = points(uniform(2))
      for (const k of [0, 1])
        expect(
          ksScore(
            sample.map(point => point[k]!),
            x => x,
          ),
        ).to.be.below(1.95)
      expect(
        meanScore(
          sample.map(([x, y]) => (x! - 0.5) * (y! - 0.5)),
          0,
        ),
      ).to.be.within(-4, 4)
    })

    it("BatchFlow's short names are the same distributions", () => {
      expect(new DistributionSampler('n', { loc: 1 }).sample(5).data).to.deep.equal(normal(1).sample(5).data)
      expect(
        new DistributionSampler(
          'mvn',
          {
            mean: [0, 0],
            cov: [
              [1, 0],
              [0, 1],
            ],
          },
          { dim: 2 },
        ).dim,
      ).to.equal(4)
    })
  })

  describe('mixtures', () => {
    it('parts come by their weights, and keep them in further mixtures', () => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 5 }), fc.nat(), (weights, seed) => {
          const parts: Sampler[] = weights.map((weight, k) => new ConstantSampler(k).weighted(weight))
          const mixture = parts.reduce((all, part) => all.or(part))
          const total = weights.reduce((sum, weight) => sum + weight)
          expect(mixture.weight).to.equal(total)
          const drawn = points(mixture, 2000, seed).map(([k]) => k!)
          const counts = weights.map((_, k) => drawn.filter(value => value === k).length)
          expect(
            chiSquareScore(
              counts,
              weights.map(weight => weight / total),
            ),
          ).to.be.below(8)
        }),
        { seed: 5, numRuns: 40 },
      )
    })

    it('weights multiply', () => {
      expect(normal().weighted(0.5).weighted(0.5).weight).to.equal(0.25)
      expect(new Set(coordinate(new ConstantSampler(1).weighted(0).or(new ConstantSampler(2))))).to.deep.equal(new Set([2]))
    })
  })

  describe('algebra', () => {
    const of = (sampler: Sampler) => Array.from(sampler.sample(1).data)
    const cases: readonly (readonly [string, Sampler, readonly number[]])[] = [
      ['add', new ConstantSampler([1, 2]).add(10), [11, 12]],
      ['sub', new ConstantSampler([1, 2]).sub([3, 5]), [-2, -3]],
      ['mul', new ConstantSampler(2).mul([3, 4, 5]), [6, 8, 10]],
      ['div', new ConstantSampler([1, 2]).div(new ConstantSampler(4)), [0.25, 0.5]],
      ['floorDiv rounds down', new ConstantSampler([7, -7]).floorDiv(2), [3, -4]],
      ['mod has the sign of the divisor', new ConstantSampler([7, -7]).mod(3), [1, 2]],
      ['pow', new ConstantSampler([2, 3]).pow(2), [4, 9]],
      ['a number on the left', new ConstantSampler(1).sub(new ConstantSampler(5)), [-4]],
      ['an array', new ConstantSampler(1).add(NdArray.from([1, 2], 'float64').data), [2, 3]],
      ['and', new ConstantSampler([1, 2]).and(new ConstantSampler(3)), [1, 2, 3]],
    ]
    for (const [title, sampler, expected] of cases) it(title, () => expect(of(sampler)).to.deep.equal(expected))

    it('a sampler used twice gives two independent values', () => {
      const one = normal()
      const sums = coordinate(one.add(one))
      expect(variance(sums)).to.be.closeTo(2, 0.2)
      const pairs = points(one.and(one))
      expect(
        meanScore(
          pairs.map(([x, y]) => x! * y!),
          0,
        ),
      ).to.be.within(-4, 4)
    })
  })

  describe('truncate', () => {
    it('keeps points within the bounds, in proportion', () => {
      const drawn = coordinate(new DistributionSampler('exponential').truncate({ low: 1, high: 3 }))
      const share = (x: number) => (Math.exp(-1) - Math.exp(-x)) / (Math.exp(-1) - Math.exp(-3))
      expect(ksScore(drawn, share)).to.be.below(1.95)
    })

    it('compares what an expression gives, or keeps what it is true of', () => {
      const inRing = points(uniform(2).truncate({ low: 0.5, high: 1, expr: ([x, y]) => Math.hypot(x!, y!) }), 300)
      for (const [x, y] of inRing) expect(Math.hypot(x!, y!)).to.be.within(0.5, 1)
      for (const [x, y] of points(uniform(2).truncate({ expr: ([x, y]) => x! < y! }), 300)) expect(x!).to.be.below(y!)
    })
  })

  describe('histograms', () => {
    it('bins come by their counts, points lie anywhere in them', () => {
      const histo = new HistoSampler({ edges: [0, 1, 10], bins: [3, 1] })
      expect(ksScore(coordinate(histo), x => (x < 1 ? 0.75 * x : 0.75 + (0.25 * (x - 1)) / 9))).to.be.below(1.95)
    })

    it('of points, it has their counts', () => {
      const histo = HistoSampler.fromData(
        [
          [0, 0],
          [1, 4],
          [1, 1],
          [0.4, 3],
        ],
        { bins: 2 },
      )
      expect(histo.edges.map(axis => Array.from(axis))).to.deep.equal([
        [0, 0.5, 1],
        [0, 2, 4],
      ])
      expect(histo.bins.toNested()).to.deep.equal([
        [1, 1],
        [1, 1],
      ])
    })

    it('update counts further points and leaves what lies outside; the sampler before stays', () => {
      const empty = new HistoSampler({ edges: [0, 1, 2] })
      const full = empty.update([0.5, 1, 2, 2.1, -1, Number.NaN].filter(x => !Number.isNaN(x)))
      expect(full.bins.toNested()).to.deep.equal([1, 2])
      expect(empty.bins.toNested()).to.deep.equal([0, 0])
      expect(coordinate(full).filter(x => x < 1).length / count).to.be.closeTo(1 / 3, 0.04)
    })

    it('points of a histogram of points are distributed as they were', () => {
      const histo = HistoSampler.fromData(normal(3, 2).sample(4000, { seed: 9 }), { bins: 60 })
      expect(meanScore(coordinate(histo), 3)).to.be.within(-5, 5)
      expect(variance(coordinate(histo))).to.be.closeTo(4, 0.3)
    })
  })
})
