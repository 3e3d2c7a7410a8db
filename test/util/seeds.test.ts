import { expect } from 'chai'
import fc from 'fast-check'
import { deriveSeed, normalAt, permutation, uint32At, uniformAt } from '../../src/util/seeds.js'

const seedRange = { min: 0, max: Number.MAX_SAFE_INTEGER }
const times = <T>(n: number, f: (i: number) => T) => Array.from({ length: n }, (_, i) => f(i))

/** How many standard deviations the chi-square of these counts lies from its mean, if all cells are equally likely. */
function chiSquareScore(counts: readonly number[]): number {
  const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length
  const chi = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
  return (chi - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1))
}

function count(cells: number, draws: number, draw: (i: number) => number): number[] {
  const counts = Array<number>(cells).fill(0)
  for (let i = 0; i < draws; i++) counts[draw(i)]!++
  return counts
}

const correlation = (a: readonly number[], b: readonly number[]) => {
  const mean = (v: readonly number[]) => v.reduce((s, x) => s + x, 0) / v.length
  const [ma, mb] = [mean(a), mean(b)]
  const dot = (v: readonly number[], w: readonly number[], mv: number, mw: number) => v.reduce((s, x, i) => s + (x - mv) * (w[i]! - mw), 0)
  return dot(a, b, ma, mb) / Math.sqrt(dot(a, a, ma, ma) * dot(b, b, mb, mb))
}

describe('seeds', () => {
  describe('each byte of a word is uniform', () => {
    const streams: Record<string, (i: number) => number> = {
      'over the counters of seed 0': i => uint32At(0, i),
      'over the counters of a seed of 53 bits': i => uint32At(2 ** 52 + 12345, i),
      'over counters above 32 bits': i => uint32At(7, 2 ** 40 + i),
      'over counters that differ in the high word': i => uint32At(7, 3 + i * 2 ** 32),
      'over neighbouring seeds': i => uint32At(i, 0),
      'over seeds that differ in the high word': i => uint32At(5 + (i % 2 ** 20) * 2 ** 32, i >>> 20),
      'in the difference of neighbouring counters': i => uint32At(7, i) ^ uint32At(7, i + 1),
      'in the difference of neighbouring seeds': i => uint32At(i, 9) ^ uint32At(i + 1, 9),
      'over derived seeds': i => deriveSeed(0, 'order', i) % 2 ** 32,
      'over the first word of derived seeds': i => uint32At(deriveSeed(2, 'order', i), 0),
    }
    for (const [name, stream] of Object.entries(streams)) {
      it(name, () => {
        for (const shift of [0, 8, 16, 24])
          expect(chiSquareScore(count(256, 2 ** 16, i => (stream(i) >>> shift) & 255))).to.be.within(-4, 4)
      })
    }
  })

  it('every bit of seed and counter turns about half the bits of the word', () => {
    const turned = (bit: number, word: (x: number) => number) => {
      const samples = times(512, i => Math.floor(uniformAt(99, i) * 2 ** 53))
      const flips = samples.map(x => {
        const flipped = Math.floor(x / 2 ** bit) % 2 ? x - 2 ** bit : x + 2 ** bit
        return [...((word(x) ^ word(flipped)) >>> 0).toString(2)].filter(c => c === '1').length
      })
      return flips.reduce((a, b) => a + b, 0) / flips.length
    }
    for (let bit = 0; bit < 53; bit++) {
      expect(
        turned(bit, seed => uint32At(seed, 5)),
        `seed bit ${bit}`,
      ).to.be.within(14.8, 17.2)
      expect(
        turned(bit, counter => uint32At(9, counter)),
        `counter bit ${bit}`,
      ).to.be.within(14.8, 17.2)
    }
  })

  it('no stream is another one shifted', () => {
    const golden = 0x9e3779b9
    const stream = new Set(times(1000, i => uint32At(1, i)))
    for (const seed of [1 + golden, 1 + golden * 2 ** 10, 2, 1 + 2 ** 32]) {
      expect(times(1000, i => uint32At(seed, i)).filter(word => stream.has(word)).length).to.be.at.most(2)
    }
  })

  it('uniform numbers lie in [0, 1), with mean 1/2 and variance 1/12', () => {
    const draws = times(50000, i => uniformAt(3, i))
    expect(Math.min(...draws.slice(0, 10000))).to.be.at.least(0)
    expect(Math.max(...draws.slice(0, 10000))).to.be.below(1)
    const mean = draws.reduce((a, b) => a + b) / draws.length
    expect(mean).to.be.closeTo(0.5, 0.005)
    expect(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length).to.be.closeTo(1 / 12, 0.002)
  })

  it('normal numbers are finite, with mean 0, deviation 1, skewness 0, kurtosis 3', () => {
    const draws = times(100000, i => normalAt(5, i))
    expect(draws.every(Number.isFinite)).to.equal(true)
    const moment = (k: number) => draws.reduce((sum, x) => sum + x ** k, 0) / draws.length
    expect(moment(1)).to.be.closeTo(0, 0.015)
    expect(moment(2)).to.be.closeTo(1, 0.02)
    expect(moment(3)).to.be.closeTo(0, 0.05)
    expect(moment(4)).to.be.closeTo(3, 0.1)
  })

  it('streams of neighbouring seeds and of derived places are uncorrelated', () => {
    const stream = (seed: number) => times(20000, i => uniformAt(seed, i))
    const first = stream(0)
    for (const seed of [1, 2, 2 ** 32, deriveSeed(0, 'a'), deriveSeed(0, 'b'), deriveSeed(0, 0)]) {
      expect(Math.abs(correlation(first, stream(seed)))).to.be.below(0.03)
    }
    expect(Math.abs(correlation(first.slice(1), first.slice(0, -1)))).to.be.below(0.03)
  })

  describe('deriveSeed', () => {
    it('gives a seed', () => {
      fc.assert(
        fc.property(fc.integer(seedRange), fc.array(fc.oneof(fc.string(), fc.nat())), (seed, place) => {
          const derived = deriveSeed(seed, ...place)
          return Number.isSafeInteger(derived) && derived >= 0 && derived === deriveSeed(seed, ...place)
        }),
      )
    })

    it('different places and seeds give different seeds', () => {
      const cases: readonly (readonly [number, ...(string | number)[]])[] = [
        [0],
        [1],
        [2 ** 32],
        [2 ** 52],
        [0, ''],
        [0, '', ''],
        [0, 0],
        [0, 1],
        [0, '0'],
        [0, '#0'],
        [0, 3],
        [0, '3'],
        [0, 'ab', 'c'],
        [0, 'a', 'bc'],
        [0, 'abc'],
        [0, 'abc', ''],
        [0, 12],
        [0, 1, 2],
        [0, '\0'],
        [0, '\0\0'],
        [0, 'order', 1],
        [0, 'order', 2],
        [1, 'order', 1],
        [0, -1],
        [0, 1.5],
      ]
      const seeds = cases.map(([seed, ...place]) => deriveSeed(seed, ...place))
      expect(new Set(seeds).size).to.equal(cases.length)
    })

    it('200,000 places below a thousand seeds give 200,000 seeds', () => {
      const seen = new Set(times(200_000, i => deriveSeed(i % 1000, 'order', Math.floor(i / 1000))))
      expect(seen.size).to.equal(200_000)
    })
  })

  describe('permutation', () => {
    it('holds each position once', () => {
      fc.assert(
        fc.property(fc.integer(seedRange), fc.integer({ min: 0, max: 300 }), (seed, n) => {
          expect([...permutation(seed, n)].sort((a, b) => a - b)).to.deep.equal(times(n, i => i))
        }),
      )
    })

    it('every order of four items is equally likely', () => {
      const seen = new Map<string, number>()
      for (let seed = 0; seed < 48000; seed++) {
        const key = permutation(deriveSeed(1, seed), 4).join('')
        seen.set(key, (seen.get(key) ?? 0) + 1)
      }
      expect(seen.size).to.equal(24)
      expect(chiSquareScore([...seen.values()])).to.be.within(-4, 4)
    })

    it('each item comes to each place equally often', () => {
      const n = 16
      const places = Array.from({ length: n }, () => Array<number>(n).fill(0))
      for (let seed = 0; seed < 16000; seed++) {
        for (const [place, item] of permutation(seed, n).entries()) places[place]![item]!++
      }
      for (const counts of places) expect(chiSquareScore(counts)).to.be.within(-4, 4)
    })

    it('leaves about one item in place, whatever the length', () => {
      const fixed = times(2000, seed => permutation(seed, 100).reduce((sum, item, place) => sum + Number(item === place), 0))
      expect(fixed.reduce((a, b) => a + b) / fixed.length).to.be.closeTo(1, 0.12)
    })

    it('orders of neighbouring seeds are uncorrelated', () => {
      const [a, b] = [[...permutation(1, 5000)], [...permutation(2, 5000)]]
      expect(Math.abs(correlation(a, b))).to.be.below(0.06)
    })

    it('stays the same from version to version', () => {
      expect([...permutation(deriveSeed(2, 'order', 0), 10)]).to.deep.equal([4, 5, 8, 1, 2, 6, 3, 0, 7, 9])
      expect([uint32At(0, 0), uint32At(42, 1), deriveSeed(42, 'resnet', 3)]).to.deep.equal([604019821, 1367047704, 8294837754568669])
    })
  })
})
