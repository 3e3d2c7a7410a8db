import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { runExperiment } from '../../src/experiment.js'
import { NdArray } from '../../src/index.js'
import { ConstantSampler, DistributionSampler, HistoSampler, type Sampler } from '../../src/samplers.js'
import { describeNumbers } from '../experiment/numbers.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const pointsOf = (sampler: Sampler) => [...sampler.sample(20, { seed: 3 }).data]

describe('arithmetic on samplers changes none of them, and recorded results keep every field', () => {
  const operations: Record<string, (a: Sampler, b: Sampler) => Sampler> = {
    weighted: a => a.weighted(0.3),
    or: (a, b) => a.or(b),
    and: (a, b) => a.and(b),
    add: (a, b) => a.add(b),
    sub: (a, b) => a.sub(b),
    mul: (a, b) => a.mul(b),
    div: (a, b) => a.div(b),
    floorDiv: (a, b) => a.floorDiv(b),
    mod: (a, b) => a.mod(b),
    pow: (a, b) => a.pow(b),
    apply: a => a.apply(point => point.map(x => x + 1)),
    truncate: a => a.truncate({ low: 0 }),
  }
  for (const [name, operate] of Object.entries(operations)) {
    it(`${name} gives a new sampler; its operands draw what they drew`, () => {
      const operands = [new DistributionSampler('normal', { loc: 1 }, { dim: 2 }), new ConstantSampler([2, 3]).weighted(2)] as const
      const before = operands.map(sampler => [sampler.weight, sampler.dim, pointsOf(sampler)])
      const made = operate(...operands)
      const first = pointsOf(made)
      expect(operands).not.to.include(made)
      operate(made, operands[0])
      expect(operands.map(sampler => [sampler.weight, sampler.dim, pointsOf(sampler)])).to.deep.equal(before)
      expect(pointsOf(made)).to.deep.equal(first)
    })
  }

  it('a histogram stays as it is when points are added', () => {
    const histogram = HistoSampler.fromData([[0], [1], [5]], { bins: 5 })
    const [counts, points] = [[...histogram.bins.data], pointsOf(histogram)]
    const more = histogram.update([[4.5], [4.6], [4.7]])
    expect([...more.bins.data]).not.to.deep.equal(counts)
    expect([[...histogram.bins.data], pointsOf(histogram)]).to.deep.equal([counts, points])
  })

  it('lists and arrays that a sampler was made from may be changed', () => {
    const made: readonly (readonly [string, { [position: number]: number }, (numbers: never) => Sampler])[] = [
      ['a constant', [1, 2], (point: number[]) => new ConstantSampler(point)],
      ['an array as a constant', Float32Array.of(1, 2), (point: Float32Array) => new ConstantSampler(point)],
      ['the other side of a product', [1, 2], (by: number[]) => new DistributionSampler('uniform', {}, { dim: 2 }).mul(by)],
      ['shares of a choice', [1, 0], (p: number[]) => new DistributionSampler('choice', { a: [5, 7], p })],
      ['items of a choice', [5, 7], (a: number[]) => new DistributionSampler('choice', { a })],
      ['a mean', [0, 0], (mean: number[]) => new DistributionSampler('multivariateNormal', { mean, cov: [[1, 0], [0, 1]] })], // biome-ignore format: a table
      ['edges', [0, 1, 2], (edges: number[]) => new HistoSampler({ edges, bins: [1, 1] })],
      ['edges in an array', Float64Array.of(0, 1, 2), (edges: Float64Array) => new HistoSampler({ edges: [edges], bins: [1, 1] })],
      ['counts', Float64Array.of(1, 0), (bins: Float64Array) => new HistoSampler({ edges: [0, 1, 2], bins })],
      ['bounds', [0], (low: number[]) => new DistributionSampler('normal').truncate({ low })],
    ]
    for (const [what, numbers, make] of made) {
      const sampler = make(numbers as never)
      const before = pointsOf(sampler)
      numbers[0] = 0.75
      expect(String(pointsOf(sampler)), what).to.equal(String(before))
    }
  })

  it('points that were given out are the caller’s', () => {
    const sampler = new ConstantSampler([1, 2])
    sampler.sample(2).data[0] = 9
    expect([...sampler.sample(2).data]).to.deep.equal([1, 2, 1, 2])
    expect(sampler.sample(2)).to.be.instanceOf(NdArray)
  })

  it('a run keeps every field: what was configured, each variable at each iteration, and what the report reads', async () => {
    const folder = temporaryFolder()
    const out = folder.in('run')
    const record = ['test.loss']
    const experiment = describeNumbers({ record })
    const before = JSON.stringify(experiment.spec)
    const results = await runExperiment(experiment, { out })
    expect(JSON.stringify(experiment.spec)).to.equal(before)
    expect(JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'))).to.deep.equal(JSON.parse(JSON.stringify(results)))
    expect(results.variables['test.loss']).to.have.length(5)
    expect(results.charts[0]!.options).to.deep.equal(experiment.spec.report.charts[0]!.curves)
    const lines = readFileSync(join(out, 'metrics.ndjson'), 'utf8').trim().split('\n')
    expect(lines.map(line => JSON.parse(line)['test.loss'])).to.deep.equal(results.variables['test.loss'])
    for (const line of lines) expect(Object.keys(JSON.parse(line))).to.include.members(['iteration', 'ms', ...record])
    const config = readFileSync(join(out, 'config.yaml'), 'utf8')
    for (const key of ['name: numbers', 'seed: 1', 'iterations: 5', 'batchSize: 4', 'rate: 0.001']) expect(config).to.contain(key)
    folder.remove()
  })
})
