import { expect } from 'chai'
import { NdArray } from '../../../src/util/nd-array.js'
import { expectSnapshot } from '../../support/snapshot.js'
import { makeChart, sourceOf } from '../support/chart.js'
import { sampleSource } from '../support/sample.js'

const options = { title: 'Activations', maps: { resnet: 'probe.resMaps', se: 'probe.seMaps' }, labels: 'probe.labels', span: 10 }

describe('chart activations', () => {
  it('is one line a class and one panel a model', () => {
    const { data, text, words } = makeChart('activations', options, sampleSource({ channels: 24, items: 60, testItems: 10 }))
    expect(data.maps.se.classes).to.have.length(10)
    expect(data.maps.se).to.include({ channels: 24, items: 60 })
    expect(text.match(/class="panel"/g)).to.have.length(2)
    expect(words).to.match(/Spread between classes.*resnet 0\.0\d+ \(mean activation 0\.\d+\) and se 0\.\d+/)
    expect(words).to.match(/The classes are [\d.]+ times as far apart in se as in resnet\./)
    expectSnapshot('report/fixtures/output/activations.html', text)
  })

  it('takes class means first, then smooths along the channels', () => {
    const maps = NdArray.from([
      [1, 3, 5],
      [3, 5, 7],
      [10, 10, 10],
    ])
    const { data } = makeChart(
      'activations',
      { title: 'A', maps: { m: 'p.m' }, labels: 'p.l', span: 3 },
      sourceOf({ 'p.m': maps, 'p.l': [0, 0, 4] }),
    )
    expect(data.maps.m.classes).to.deep.equal([
      { label: 0, count: 2, y: [2, 3, 4.5] },
      { label: 4, count: 1, y: [10, 10, 10] },
    ])
    expect(data.maps.m.spread).to.equal(3)
  })

  it('keeps at most a few hundred points of many channels', () => {
    const { data } = makeChart('activations', options, sampleSource({ channels: 2048, items: 20, testItems: 10 }))
    expect(data.maps.se.x.length).to.be.within(200, 300)
    expect(data.maps.se.x.at(-1)).to.equal(2048)
  })

  it('copes with a run that ended before, and says where items and labels differ', () => {
    expect(makeChart('activations', options, sourceOf({})).words).to.contain('The run ended before activations were recorded.')
    const short = sourceOf({ 'probe.resMaps': NdArray.zeros([3, 2]), 'probe.labels': [1, 2] })
    expect(makeChart('activations', options, short).words).to.contain(
      'could not be drawn: there are activations of 3 items and labels of 2.',
    )
  })
})
