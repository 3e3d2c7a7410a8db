import { expect } from 'chai'
import { expectSnapshot } from '../../support/snapshot.js'
import { makeChart, sourceOf } from '../support/chart.js'
import { sampleSource } from '../support/sample.js'

const options = { title: 'Parameters', models: { resnet: 'resTrain.resnet', se: 'seTrain.se' }, names: { se: 'SE-ResNet' } }

describe('chart parameters', () => {
  it('is a table by part with totals and ratio', () => {
    const { text, words, summary } = makeChart('parameters', options, sampleSource({ channels: 8, testItems: 10 }))
    expect(summary).to.deep.equal({ parameters: { resnet: 8_022_474, se: 8_722_874 } })
    expect(words).to.contain('body/group-3 6,035,456 6,561,920').and.to.contain('Total 8,022,474 8,722,874').and.to.contain('× 1.00 × 1.09')
    expect(words).to.contain('SE-ResNet has 700,400 (8.7%) more trainable parameters than resnet.')
    expectSnapshot('report/fixtures/output/parameters.html', text)
  })

  it('copes with models that have no parts, other parts, or were never built', () => {
    const models = {
      'resTrain.resnet': { parameterCount: 7, parts: [{ part: 'stem', parameters: 7 }] },
      'seTrain.se': { parameterCount: 7 },
    }
    const { words } = makeChart('parameters', options, sourceOf({}, 5, models))
    expect(words).to.contain('stem 7 –').and.to.contain('SE-ResNet has as many trainable parameters as resnet.')
    const none = makeChart('parameters', options, sourceOf({}))
    expect(none.words).to.contain('The run ended before a model was built.')
    expect(none.summary).to.deep.equal({ parameters: {} })
  })
})
