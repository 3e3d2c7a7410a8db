import { expect } from 'chai'
import { mean } from '../../../src/report/statistics/moments.js'
import { normalAt } from '../../../src/util/seeds.js'
import { expectSnapshot } from '../../support/snapshot.js'
import { makeChart, sourceOf } from '../support/chart.js'

const noisy = (count: number, level: number, stream: number) => Array.from({ length: count }, (_, i) => level + 0.01 * normalAt(stream, i))
const options = { title: 'Conclusion', baseline: { resnet: 'a.loss' }, candidate: { se: 'b.loss' }, names: { resnet: 'ResNet', se: 'SE' } }
const conclude = (baseline: number[], candidate: number[], more = {}) =>
  makeChart('conclusion', { ...options, ...more }, sourceOf({ 'a.loss': baseline, 'b.loss': candidate }))

describe('chart conclusion', () => {
  const base = noisy(500, 0.05, 1)

  it('says better where the whole interval is below nothing', () => {
    const better = noisy(500, 0.04, 2)
    const { data, words, text } = conclude(base, better)
    expect(words).to.match(
      /Over the last 200 iterations, SE \(b\.loss\) was lower than ResNet \(a\.loss\), by 0\.0\d+ \(\d+% of ResNet’s; 95% interval of the difference −0\.0\d+ to −0\.0\d+\)\./,
    )
    expect(words).to.contain('It is one run with one seed')
    expect(data.result.difference.estimate).to.be.closeTo(mean(better.slice(300)) - mean(base.slice(300)), 1e-7)
    expect(data).to.include({ used: 200, dropped: 0 })
    expectSnapshot('report/fixtures/output/conclusion.html', text)
  })

  it('says worse as plainly', () => {
    expect(conclude(noisy(500, 0.04, 2), base).words).to.contain(
      'Over the last 200 iterations, SE (b.loss) was higher than ResNet (a.loss), by 0.0',
    )
  })

  it('names the series it compares, whatever they are, and never a share of 0%', () => {
    const [low, high] = [noisy(500, 100, 1), noisy(500, 100, 1).map(value => value + 0.01)]
    const chart = { ...options, baseline: { base: 'exam.accuracy' }, candidate: { other: 'exam.top5' } }
    const { words } = makeChart('conclusion', chart, sourceOf({ 'exam.accuracy': low, 'exam.top5': high }))
    expect(words).to.contain('other (exam.top5) was higher than base (exam.accuracy), by 0.01')
    expect(words).to.contain('(0.010% of base’s;').and.not.to.contain('loss')
  })

  it('says when the run cannot tell', () => {
    expect(conclude(base, noisy(500, 0.05, 3)).words).to.contain('This run can tell no difference between SE (b.loss) and ResNet (a.loss)')
  })

  it('sets parameters against it', () => {
    const models = { resnet: 'a.resnet', se: 'b.se' }
    const source = sourceOf({ 'a.loss': base, 'b.loss': base }, 500, {
      'a.resnet': { parameterCount: 1000 },
      'b.se': { parameterCount: 1087 },
    })
    expect(makeChart('conclusion', { ...options, models }, source).words).to.contain('SE has 8.7% more trainable parameters than ResNet.')
  })

  it('uses what there is and says so', () => {
    const { data, words } = conclude(base.slice(0, 80), noisy(79, 0.04, 2))
    expect(data).to.include({ used: 79, count: 79 })
    expect(words).to.contain('The run had 79 iterations to compare instead of the last 200')
  })

  it('concludes nothing from fewer than ten', () => {
    expect(conclude(base.slice(0, 9), base.slice(0, 9)).words).to.contain('over 9 iterations: too short to conclude anything.')
    expect(conclude([], []).words).to.contain('there is nothing to conclude')
    expect(conclude(base.slice(0, 10), base.slice(0, 10)).data.result).not.to.equal(null)
  })

  it('leaves out losses that are not numbers, and says so', () => {
    const broken = base.map((loss, i) => (i % 50 === 0 ? Number.NaN : loss))
    const { data, words } = conclude(base, broken)
    expect(data.dropped).to.equal(4)
    expect(words).to.contain('4 of them (2.0%) are skipped because a value was not a number.')
  })

  it('is the same for the same seed', () => {
    const other = noisy(500, 0.049, 5)
    expect(conclude(base, other).text).to.equal(conclude(base, other).text)
    expect(conclude(base, other, { seed: 1 }).data.result.difference.low).not.to.equal(conclude(base, other).data.result.difference.low)
  })
})
