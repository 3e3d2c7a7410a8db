import { expect } from 'chai'
import {
  type ChartSpec,
  findChartProblems,
  findHeadlines,
  type PreparedChart,
  prepareCharts,
  renderCharts,
} from '../../src/report/index.js'
import { renderReport } from '../../src/report/render.js'
import { sourceOf, wordsOf } from './support/chart.js'
import { sampleInput } from './support/sample.js'

const series = (level: number) => Array.from({ length: 300 }, (_, i) => level + 0.01 * Math.sin(i * i))
const source = sourceOf({ 'a.loss': series(1), 'b.loss': series(2), 'c.loss': series(1) })
const compare = (title: string, candidate: string) => ({
  conclusion: { title, baseline: { a: 'a.loss' }, candidate: { [candidate]: `${candidate}.loss` } },
})

describe('what a report says at its top', () => {
  const { charts } = prepareCharts(
    [compare('One', 'b'), { curves: { title: 'Loss', series: { a: 'a.loss' } } }, compare('Two', 'c')],
    source,
  )

  it('is the sentence of every conclusion', async () => {
    const sentences = findHeadlines(charts)
    expect(sentences).to.have.length(2)
    expect(sentences[0]).to.include('b (b.loss) was higher than a (a.loss)')
    expect(sentences[1]).to.include('no difference between c (c.loss) and a (a.loss)')
    const input = sampleInput({ iterations: 5, channels: 16, items: 30, testItems: 200 })
    const page = await renderReport({ ...input, results: { ...input.results, charts } })
    const top = wordsOf(page.slice(0, page.indexOf('<section')))
    for (const sentence of sentences) expect(top).to.include(sentence)
  })

  it('finds the charts that cannot be drawn, for whatever reason', async () => {
    const broken: Readonly<Record<string, PreparedChart>> = {
      'it could not be prepared': { ...charts[1]!, problem: 'no such thing' },
      'its kind is unknown': { ...charts[1]!, kind: 'tree' },
      'it cannot be rendered': { ...charts[1]!, data: null },
    }
    for (const [why, chart] of Object.entries(broken)) {
      const problems = await findChartProblems([charts[0]!, chart])
      expect(problems, why).to.have.length(1)
      expect(problems[0], why).to.match(/^The chart Loss cannot be drawn: ./)
    }
    expect(await findChartProblems(charts)).to.deep.equal([])
  })
})

describe('renderCharts()', () => {
  const pipeline = { variables: new Map([['losses', series(1)]]), models: new Map([['net', { parameterCount: 1234 }]]) }

  it('draws variables and models of pipelines without an experiment', async () => {
    const charts: ChartSpec[] = [
      { curves: { title: 'Loss', series: { net: 'train.losses' } } },
      { parameters: { title: 'Size', models: { net: 'train.net' } } },
    ]
    const page = await renderCharts(charts, { train: pipeline }, { title: 'My loop' })
    expect(page).to.match(/^<!doctype html>/)
    expect(page.match(/<svg/g)!.length).to.be.at.least(2)
    expect(wordsOf(page)).to.include('My loop').and.include('iterations 1 to 300').and.include('1,234')
  })

  for (const [what, chart, seen] of [
    ['variable', { curves: { title: 'Loss', series: { net: 'train.los' } } }, 'train.los'],
    ['model', { parameters: { title: 'Size', models: { net: 'train.nte' } } }, 'train.nte'],
    ['chart', { curvse: {} }, 'curvse'],
  ] as const) {
    it(`refuses a ${what} that does not exist`, async () => {
      const error = await renderCharts([chart as never], { train: pipeline }).catch(error => error)
      expect([error.code, error.details.kind, error.details.seen]).to.deep.equal(['unknown-name', what, seen])
    })
  }
})
