/** Every number that BatchFlow 0.10.1 gave on random data: `fixtures/reference.py` wrote them. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import {
  ClassificationMetrics,
  LossMetrics,
  RegressionMetrics,
  SegmentationMetricsByInstances,
  SegmentationMetricsByPixels,
} from '../../src/metrics.js'

const reference = JSON.parse(readFileSync(new URL('fixtures/reference.json', import.meta.url), 'utf8'))
const classes = {
  classification: ClassificationMetrics,
  segmentation: SegmentationMetricsByPixels,
  instances: SegmentationMetricsByInstances,
}

/** Without axes of length one, which BatchFlow drops. */
function squeeze(value: any): any {
  if (!Array.isArray(value)) return value
  return value.length === 1 ? squeeze(value[0]) : value.map(squeeze)
}

function expectClose(seen: any, wanted: any, what: string): void {
  if (Array.isArray(wanted)) {
    expect(seen, what).to.have.length(wanted.length)
    for (const [i, value] of wanted.entries()) expectClose(seen[i], value, `${what} [${i}]`)
  } else if (Number.isFinite(Number(wanted))) expect(seen, what).to.be.closeTo(Number(wanted), 1e-9 * Math.max(1, Math.abs(wanted)))
  else expect(`${seen}`, what).to.equal(`${wanted}`)
}

const read = (word: string) => (word === 'None' ? null : word)

describe('metrics: the numbers of BatchFlow', () => {
  for (const { kind, name, targets, predictions, options, counts, values } of reference.counted) {
    it(name, () => {
      const metrics = new classes[kind as keyof typeof classes](targets, predictions, options)
      expect(metrics.toJSON().counts, 'counts').to.deep.equal(counts.map((item: number[][]) => item.flat(Infinity)))
      expect(Object.keys(values).length).to.be.above(50)
      for (const [asked, wanted] of Object.entries(values)) {
        const [metric, agg, multiclass] = asked.split(' ') as [any, string, string]
        const seen = metrics.evaluate(metric, { agg: read(agg), multiclass: read(multiclass) } as {})
        expectClose(squeeze(seen), squeeze(wanted), asked)
      }
    })
  }

  for (const { name, targets, predictions, options, values, gap } of reference.regression) {
    it(`regression of ${name}`, () => {
      const metrics = new RegressionMetrics(targets, predictions, options)
      for (const [asked, wanted] of Object.entries(values)) {
        const [metric, agg] = asked.split(' ') as [any, string]
        expectClose(squeeze(metrics.evaluate(metric, { agg: read(agg) as null })), squeeze(wanted), asked)
      }
      expectClose(squeeze(metrics.evaluate('accuracy', { agg: null, gap: 1 })), gap, 'gap 1')
    })
  }

  it('loss', () => {
    const { losses, lengths, mean } = reference.loss
    const [first, ...others] = losses.map((loss: number, i: number) => new LossMetrics(loss, lengths[i])) as LossMetrics[]
    for (const other of others) first!.append(other)
    expect(first!.evaluate('loss')).to.be.closeTo(mean, 1e-12)
    expect(first!.evaluate('loss', { agg: 'batchwise' })).to.deep.equal(losses)
  })
})
