import { expect } from 'chai'
import { registry } from '../../../src/experiment/registry.js'
import { readExperiment } from '../../../src/pipeline/yaml/index.js'

const errorsWith = (options: string) =>
  readExperiment(
    `datasets: { mnist: { openset: mnist } }
pipelines:
  p: { dataset: mnist.train, actions: [{ initVariable: { name: v } }] }
run: { iterations: 1, batch: { batchSize: 1 } }
report: { charts: [{ curves: { title: T, series: { p: p.v }, ${options} } }] }`,
    { registry },
  ).errors.map(({ code, parts, location }) => [code, parts.seen, location.source?.line])

describe('the ends of a chart', () => {
  it('are an error the wrong way round', () => {
    expect(errorsWith('from: 5, to: 2')).to.deep.equal([['wrong-value', '5', 5]])
    expect(errorsWith('yMin: 0.5, yMax: 0.1')).to.deep.equal([['wrong-value', '0.5', 5]])
  })

  it('may be equal, and stand alone', () => {
    expect(errorsWith('from: 5, to: 5')).to.deep.equal([])
    expect(errorsWith('from: 5')).to.deep.equal([])
  })
})
