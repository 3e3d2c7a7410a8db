import { expect } from 'chai'
import type { ChartSpec } from '../../src/contracts/charts.js'
import { chartKinds, chartRow, prepareCharts } from '../../src/report/prepare.js'
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

  it('finds every reference and its path in the options', () => {
    const referencesOf = (of: 'variables' | 'models') =>
      sampleCharts.flatMap((chart, i) => {
        const [kind, options] = Object.entries(chart)[0]!
        return (chartRow(kind)![of]?.(options) ?? []).map(({ ref, path }) => `${i} ${path.join('/')} ${ref}`)
      })
    expect(referencesOf('variables')).to.include.members([
      '0 series/resnet resTest.resLoss',
      '4 labels probe.labels',
      '6 candidate/se seTest.seLoss',
    ])
    expect(referencesOf('models').map(line => line.split(' ', 2).join(' '))).to.deep.equal([
      '3 models/resnet',
      '3 models/se',
      '6 models/resnet',
      '6 models/se',
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
