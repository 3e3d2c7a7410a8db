import { Ajv } from 'ajv'
import { expect } from 'chai'
import { type ChartSpec, chartKinds, chartReferences, chartRow, chartsSchema, prepareCharts } from '../../src/report/prepare.js'
import { sourceOf } from './support/chart.js'
import { sampleCharts } from './support/sample.js'

describe('the chart table', () => {
  it('says of every kind what it is and takes no other options', () => {
    for (const kind of chartKinds) {
      expect(chartRow(kind)!.summary, kind).to.match(/^[A-Z].*\.$/)
      expect(chartRow(kind)!.schema, kind).to.include({ type: 'object', additionalProperties: false })
    }
    expect(chartRow('toString')).to.equal(undefined)
  })

  it('has a schema that takes the sample and finds mistakes', () => {
    const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(chartsSchema())
    expect(validate(sampleCharts), JSON.stringify(validate.errors)).to.equal(true)
    expect(validate([{ curve: {} }])).to.equal(false)
    expect(validate.errors).to.have.length(1)
    expect(validate([{ curves: { title: 'x', series: { a: 'noDot' }, spam: 1 } }])).to.equal(false)
    expect(validate.errors).to.have.length(2)
  })

  it('finds every reference and its place', () => {
    const { variables, models } = chartReferences(sampleCharts)
    expect(variables[0]).to.deep.equal({ ref: 'resTest.resLoss', path: [0, 'curves', 'series', 'resnet'] })
    expect(variables).to.deep.include({ ref: 'probe.labels', path: [4, 'activations', 'labels'] })
    expect(variables).to.deep.include({ ref: 'seTest.seLoss', path: [6, 'conclusion', 'candidate', 'se'] })
    expect(models.map(({ path }) => path.join('/'))).to.deep.equal([
      '3/parameters/models/resnet',
      '3/parameters/models/se',
      '6/conclusion/models/resnet',
      '6/conclusion/models/se',
    ])
  })
})

describe('prepareCharts', () => {
  it('keeps the other charts where one fails', () => {
    const charts: ChartSpec[] = [{ curves: { title: 'Loss', series: { a: 'p.a' } } }, { bars: { title: 'Bars' } }]
    const { charts: prepared } = prepareCharts(charts, sourceOf({ 'p.a': [1, 2] }, 2))
    expect(prepared[0]!.problem).to.equal(undefined)
    expect(prepared[1]).to.deep.include({ kind: 'bars', data: null, problem: 'there is no chart bars' })
  })

  it('merges what charts lift', () => {
    const charts = ['a', 'b'].map(key => ({ parameters: { title: key, models: { [key]: `p.${key}` } } }))
    const { summary } = prepareCharts(charts, sourceOf({}, 1, { 'p.a': { parameterCount: 1 }, 'p.b': { parameterCount: 2 } }))
    expect(summary).to.deep.equal({ parameters: { a: 1, b: 2 } })
  })
})
