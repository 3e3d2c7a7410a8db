import { expect } from 'chai'
import { parseHTML } from 'linkedom'
import { renderReport } from '../../src/report/render.js'
import { expectSnapshot } from '../support/snapshot.js'
import { wordsOf } from './support/chart.js'
import { sampleInput } from './support/sample.js'

const small = { iterations: 60, planned: 60, channels: 32, items: 60, testItems: 400 }
const few = { iterations: 5, channels: 16, items: 30, testItems: 200 }

describe('renderReport', () => {
  let page: string
  before(async () => {
    page = await renderReport(sampleInput(small))
  })

  it('is the page it was', () => expectSnapshot('report/fixtures/output/report.html', page))

  it('is the page it was for a run that was stopped', async () => {
    const stopped = await renderReport(sampleInput(few))
    expectSnapshot('report/fixtures/output/stopped.html', stopped)
    expect(wordsOf(stopped)).to.contain('The run was stopped after 5 of 500 iterations.')
  })

  it('is the same for the same input', async () => expect(await renderReport(sampleInput(small))).to.equal(page))

  it('asks nothing of the network and runs nothing', () => {
    expect(page.replace(/xmlns(:\w+)?="[^"]*"/g, '')).not.to.match(
      /https?:|\/\/[a-z]|@import|url\((?!#)|<script|<link|<img|<iframe|javascript:|\son\w+=/i,
    )
  })

  it('has unique ids, one main heading, and every reference to an id leads somewhere', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(match => match[1]!)
    expect(new Set(ids).size).to.equal(ids.length)
    const uses = [...page.matchAll(/aria-labelledby="([^"]*)"|url\(#([^)]*)\)/g)].map(match => match[1] ?? match[2]!)
    for (const id of uses) expect(ids).to.include(id)
    expect(page.match(/<h1/g)).to.have.length(1)
  })

  it('describes every drawing to those who cannot see it, and heads every table', () => {
    const { document } = parseHTML(page) as unknown as { document: any }
    const drawings = [...document.querySelectorAll('svg')]
    expect(drawings.length).to.be.greaterThan(8)
    for (const svg of drawings) {
      expect(svg.getAttribute('role')).to.equal('img')
      expect(svg.getAttribute('aria-label')).to.have.length.greaterThan(20)
    }
    for (const table of document.querySelectorAll('table')) {
      expect(table.querySelector('caption')).not.to.equal(null)
      expect(table.querySelectorAll('th[scope]').length).to.be.greaterThan(1)
    }
  })

  it('shows names given once in every chart, in one colour', () => {
    expect(wordsOf(page)).not.to.match(/\bresnet\b/)
    const swatches = [...page.matchAll(/background:(var\(--s\d\))"><\/i>([^<]*)</g)].map(match => `${match[2]} ${match[1]}`)
    expect([...new Set(swatches)]).to.deep.equal(['ResNet var(--s0)', 'SE-ResNet var(--s1)'])
  })

  it('leads with the conclusion and the figures', () => {
    expect(wordsOf(page)).to.match(
      /Squeeze and excitation on MNIST (Over the last 60|This run can tell).*Iterations 60 Time 6 min 53 s Seed 42 Accuracy [\d.]+% ResNet/,
    )
  })

  it('escapes whatever a user wrote', async () => {
    const evil = `<script>alert("1")</script>' onload=x`
    const input = sampleInput(few, { title: evil, name: evil, description: evil, error: { code: 'x', message: evil } })
    const charts = input.results.charts.map(chart => ({
      ...chart,
      options: { ...chart.options, title: evil, yLabel: evil, names: { resnet: evil, se: `d="0.12345 ${evil}` } },
    }))
    const text = await renderReport({
      configYaml: evil,
      results: { ...input.results, charts, machine: { ...input.results.machine, cpu: evil } },
    })
    expect(text).not.to.contain('<script')
    const { document } = parseHTML(text) as unknown as { document: any }
    for (const element of document.querySelectorAll('*')) for (const name of element.getAttributeNames()) expect(name).not.to.match(/^on/)
    expect(document.querySelector('h1').textContent).to.equal(evil)
  })

  it('says what ended a failed run', async () => {
    const failed = await renderReport(sampleInput(few, { error: { code: 'loss-not-finite', message: 'The loss is not a number.' } }))
    expect(wordsOf(failed)).to.contain('The run failed after 5 of 500 iterations. The loss is not a number. Its results so far are below.')
  })

  it('draws the rest where a chart cannot be drawn', async () => {
    const { results, configYaml } = sampleInput(few)
    const charts = [
      { kind: 'bars', options: { title: 'Bars' }, data: null },
      { ...results.charts[0]!, data: 5 },
      ...results.charts.slice(2),
    ]
    const words = wordsOf(await renderReport({ results: { ...results, charts }, configYaml }))
    expect(words).to.contain('Bars This chart could not be drawn: this version of Millrace has no chart bars.')
    expect(words)
      .to.contain('Test loss over the whole run This chart could not be drawn:')
      .and.to.contain('Accuracy on the whole test set Accuracy')
  })

  it('copes with a report without charts', async () => {
    expect(wordsOf(await renderReport(sampleInput(few, { charts: [], accuracy: undefined })))).to.contain('How it was run')
  })
})
