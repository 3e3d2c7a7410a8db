import { expect } from 'chai'
import { NdArray } from '../../../src/util/nd-array.js'
import { expectSnapshot } from '../../support/snapshot.js'
import { makeChart, sourceOf } from '../support/chart.js'
import { sampleSource } from '../support/sample.js'

const options = { title: 'Accuracy', predictions: { resnet: 'exam.resLabels', se: 'exam.seLabels' }, targets: 'exam.targets' }

describe('chart accuracy', () => {
  it('gives shares, intervals and errors, and lifts the shares', () => {
    const { text, words, summary } = makeChart('accuracy', options, sampleSource({ channels: 4, items: 10 }))
    expect(summary).to.deep.equal({ accuracy: { resnet: 0.9902, se: 0.9913 } })
    expect(words).to.contain('resnet 99.02% 98.81% to 99.20% 98').and.to.contain('On 10,000 items of the test set.')
    expectSnapshot('report/fixtures/output/accuracy.html', text)
  })

  it('takes scores and one-hot targets, in batches', () => {
    const scores = [
      NdArray.from([
        [0.1, 0.9],
        [0.8, 0.2],
      ]),
      NdArray.from([[0.4, 0.6]]),
    ]
    const targets = [
      NdArray.from([
        [0, 1],
        [1, 0],
      ]),
      NdArray.from([[1, 0]]),
    ]
    const { data } = makeChart('accuracy', options, sourceOf({ 'exam.resLabels': scores, 'exam.targets': targets }))
    expect(data).to.deep.include({ count: 3 })
    expect(data.models.resnet).to.include({ errors: 1 })
    expect(data.models.se).to.equal(null)
  })

  it('copes with a run that never came to the test, and says where lengths differ', () => {
    const { words, summary } = makeChart('accuracy', options, sourceOf({}))
    expect(words).to.contain('The run ended before the models were tried on the test set.')
    expect(summary).to.deep.equal({ accuracy: {} })
    const uneven = makeChart('accuracy', options, sourceOf({ 'exam.resLabels': [1], 'exam.targets': [1, 2] }))
    expect(uneven.words).to.contain('there are predictions of 1 item and targets of 2')
    expect(uneven.summary).to.deep.equal({})
  })
})
