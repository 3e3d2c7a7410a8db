import { expect } from 'chai'
import { ewma } from '../../../src/report/statistics/ewma.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { expectSnapshot } from '../../support/snapshot.js'
import { makeChart, sourceOf } from '../support/chart.js'
import { losses } from '../support/sample.js'

const resnet = losses('resnet', 500, 3.2, 0.04)
const se = losses('se', 500, 2.1, 0.036)
const source = sourceOf({ 'a.res': resnet, 'b.se': se.map(loss => NdArray.from([loss], 'float64')) })
const options = { title: 'Loss', series: { resnet: 'a.res', se: 'b.se' } }

describe('chart curves', () => {
  it('keeps the whole run', () => {
    const { data, words } = makeChart('curves', options, source)
    expect(data).to.include({ from: 1, to: 500, short: false })
    expect(data.series.resnet.x).to.have.length(500)
    expect(data.series.se.y[7]).to.be.closeTo(se[7]!, 1e-4)
    expect(words).to.contain('Values as they are, iterations 1 to 500.')
  })

  it('smooths over the whole run before it zooms', () => {
    const { data, words } = makeChart('curves', { ...options, from: 300, to: 500, span: 50 }, source)
    const smooth = ewma(resnet, 50)
    expect([data.series.resnet.x[0], data.series.resnet.x.at(-1)]).to.deep.equal([300, 500])
    expect(data.series.resnet.y[0]).to.be.closeTo(smooth[299]!, 1e-5)
    expect(data.series.resnet.last).to.be.closeTo(smooth[499]!, 1e-5)
    expect(words).to.contain('Exponentially weighted moving average, span 50, over the whole run, iterations 300 to 500.')
  })

  it('labels its lines, in two sizes', () => {
    const { text } = makeChart('curves', { ...options, names: { resnet: 'ResNet' }, from: 480, yMax: 0.05 }, source)
    expect(text.match(/<svg/g)).to.have.length(2)
    expect(text).to.match(/<text[^>]*>ResNet<\/text>/)
    expect(text).to.contain('Values above 0.05 are cut off.')
    expectSnapshot('report/fixtures/output/curves.html', text)
  })

  it('shows all of a run that did not reach the range', () => {
    const { data, words } = makeChart(
      'curves',
      { ...options, from: 300, to: 500, yMax: 0.3 },
      sourceOf({ 'a.res': resnet.slice(0, 5), 'b.se': se.slice(0, 5) }),
    )
    expect(data).to.include({ from: 1, to: 5, short: true })
    expect(words).to.contain('The run recorded 5 iterations and did not reach iteration 500. All of it is shown.')
    expect(words).not.to.contain('cut off')
  })

  it('counts one iteration as one', () => {
    const { words } = makeChart('curves', { ...options, to: 500 }, sourceOf({ 'a.res': resnet.slice(0, 1), 'b.se': se.slice(0, 1) }))
    expect(words).to.contain('The run recorded 1 iteration and did not reach iteration 500.')
  })

  it('shows the part of the range that was reached', () => {
    const { data, words } = makeChart(
      'curves',
      { ...options, from: 300, to: 500 },
      sourceOf({ 'a.res': resnet.slice(0, 310), 'b.se': se.slice(0, 309) }),
    )
    expect(data).to.include({ from: 300, to: 310, short: true })
    expect(data.series.se.x.at(-1)).to.equal(309)
    expect(words).to.contain('did not reach iteration 500.').and.not.to.contain('All of it')
  })

  it('copes with one value, none, and none that is a number', () => {
    expect(makeChart('curves', options, sourceOf({ 'a.res': [2], 'b.se': [3] })).text).to.contain('<circle')
    expect(makeChart('curves', options, sourceOf({})).words).to.contain('The run ended before the first value was recorded.')
    expect(makeChart('curves', options, sourceOf({ 'a.res': [Number.NaN], 'b.se': [] })).words).to.contain(
      'None of the values is a number.',
    )
  })

  it('leaves a gap for what is not a number', () => {
    const { data, text } = makeChart('curves', { title: 'Loss', series: { a: 'a.a' } }, sourceOf({ 'a.a': [3, 2, Number.NaN, 1, 1] }, 5))
    expect(data.series.a.y).to.deep.equal([3, 2, null, 1, 1])
    expect(text).to.match(/ d="M[^"]*M/)
  })

  it('draws a logarithmic scale', () => {
    const { text, words } = makeChart('curves', { ...options, yScale: 'log' }, source)
    expect(text).not.to.contain('NaN')
    expect(words).to.match(/0\.1 /)
  })
})
