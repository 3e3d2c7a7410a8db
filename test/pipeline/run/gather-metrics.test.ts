import { expect } from 'chai'
import { component, Dataset, defineBatch } from '../../../src/dataset/index.js'
import { MillraceError } from '../../../src/errors/index.js'
import {
  ClassificationMetrics,
  LossMetrics,
  type MetricsKind,
  RegressionMetrics,
  SegmentationMetricsByInstances,
  SegmentationMetricsByPixels,
} from '../../../src/metrics.js'
import { B, C, type Pipeline, V } from '../../../src/pipeline/index.js'
import { decode } from '../../../src/pipeline/run/session/state/decode.js'
import { encode } from '../../../src/pipeline/run/session/state/encode.js'

const LabelsBatch = defineBatch({
  name: 'LabelsBatch',
  components: {
    labels: component.array('classes, [n]'),
    guesses: component.array('predicted classes, [n]'),
    masks: component.array('classes of pixels, [n, 2]'),
    found: component.array('predicted classes of pixels, [n, 2]'),
  },
  actions: {},
})

const labels = [0, 1, 2, 0, 1, 2, 0]
const guesses = [0, 1, 1, 0, 2, 2, 1]
const masks = labels.map(label => [label, 0])
const found = guesses.map(label => [label, 0])
const data = new Dataset(7, LabelsBatch, { name: 'letters', preloaded: { labels, guesses, masks, found } })
const options = { targets: B('labels'), predictions: B('guesses'), fmt: 'labels', numClasses: 3 } as const
const whole = () => new ClassificationMetrics(labels, guesses, { fmt: 'labels', numClasses: 3 })

/** What the variable `m` holds after a run in batches of three: 3, 3 and 1 items. */
async function gathered(add: (start: Pipeline<typeof LabelsBatch>) => any, first: unknown = null): Promise<any> {
  const pipeline = add(data.p.initVariable('m', { default: first }) as never)
  await pipeline.run(3)
  return pipeline.v('m')
}

const errorOf = async (work: () => unknown): Promise<MillraceError | undefined> => {
  try {
    await work()
  } catch (error) {
    if (error instanceof MillraceError) return error
    throw error
  }
  return undefined
}

describe('gatherMetrics', () => {
  it('write keeps the metrics of the last batch', async () => {
    const m = await gathered(p => p.gatherMetrics('classification', { ...options, saveTo: V('m') }))
    expect(m.toJSON()).to.deep.equal(new ClassificationMetrics([0], [1], { fmt: 'labels', numClasses: 3 }).toJSON())
  })

  it('update adds up: the metrics are those of all data at once, in whatever batches they came', async () => {
    const m = await gathered(p => p.gatherMetrics('classification', { ...options, saveTo: V('m'), mode: 'update' }))
    expect(m.toJSON()).to.deep.equal(whole().toJSON())
  })

  it('append keeps the items of each batch', async () => {
    const m = await gathered(p => p.gatherMetrics('classification', { ...options, saveTo: V('m', { mode: 'append' }) }))
    expect(m.length).to.equal(3)
    expect(m.evaluate('accuracy', { agg: null })).to.deep.equal([2 / 3, 2 / 3, 0])
  })

  it('append to a list keeps the metrics of each batch', async () => {
    const m = await gathered(p => p.gatherMetrics('classification', { ...options, saveTo: V('m'), mode: 'a' }), [])
    expect(m.map((each: ClassificationMetrics) => each.evaluate('accuracy'))).to.deep.equal([2 / 3, 2 / 3, 0])
  })

  it('each kind, by its name, the beginning of it, and its class', async () => {
    const pixels = { targets: B('masks'), predictions: B('found'), fmt: 'labels', numClasses: 3, saveTo: V('m'), mode: 'append' } as const
    const numbers = { targets: B('labels'), predictions: B('guesses'), saveTo: V('m'), mode: 'update' } as const
    const cases: [string, any, MetricsKind, number, any][] = [
      ['segmentation', pixels, 'segmentation', 7, SegmentationMetricsByPixels],
      ['mask', pixels, 'segmentation', 7, SegmentationMetricsByPixels],
      ['seg', pixels, 'segmentation', 7, SegmentationMetricsByPixels],
      ['instance', pixels, 'instances', 7, SegmentationMetricsByInstances],
      ['inst', pixels, 'instances', 7, SegmentationMetricsByInstances],
      ['regression', numbers, 'regression', 7, RegressionMetrics],
      ['loss', { loss: B('size').mul(0.1), saveTo: V('m'), mode: 'append' }, 'loss', 3, LossMetrics],
    ]
    for (const [name, args, kind, length, Class] of cases) {
      const m = await gathered(p => p.gatherMetrics(name as 'loss', args))
      expect([m.kind, m.length], name).to.deep.equal([kind, length])
      expect(m, name).to.be.instanceOf(Class)
      const byClass = await gathered(p => p.gatherMetrics(Class, args))
      expect(byClass.toJSON(), name).to.deep.equal(m.toJSON())
    }
  })

  it('a class is written down by its name', () => {
    const byName = data.p.gatherMetrics('classification', { ...options, saveTo: V('m') })
    const byClass = data.p.gatherMetrics(ClassificationMetrics, { ...options, saveTo: V('m') })
    expect(byClass.spec).to.deep.equal(byName.spec)
  })

  it("a class of the user's own", async () => {
    class Mine extends ClassificationMetrics {
      get kappa() {
        return 0.5
      }
    }
    const m = await gathered(p => p.gatherMetrics(Mine, { ...options, saveTo: V('m'), mode: 'update' }))
    expect(m).to.be.instanceOf(Mine)
    expect([m.kappa, m.evaluate('accuracy')]).to.deep.equal([0.5, whole().evaluate('accuracy')])
  })

  it('the mean loss is weighted by the items of the batches', async () => {
    const m = await gathered(p => p.gatherMetrics('loss', { loss: B('size'), saveTo: V('m'), mode: 'update' }))
    expect(m.evaluate('loss')).to.be.closeTo((3 * 3 + 3 * 3 + 1) / 7, 1e-12)
  })

  it('options may be expressions', async () => {
    const add = (p: Pipeline<typeof LabelsBatch>) =>
      p.setConfig({ classes: 4 }).gatherMetrics('classification', { ...options, numClasses: C('classes'), saveTo: V('m') })
    expect((await gathered(add)).numClasses).to.equal(4)
  })

  it('in after it works on what was collected', async () => {
    const pipeline = data.p
      .initVariable('t', { default: [] })
      .initVariable('m')
      .update(V('t', { mode: 'extend' }), B('labels'))
      .after(p => p.gatherMetrics('regression', { targets: V('t'), predictions: labels, saveTo: V('m') }))
    await pipeline.run(3)
    expect((pipeline.v('m') as RegressionMetrics).evaluate('mae')).to.equal(0)
  })

  it('values of metrics are read by expressions', async () => {
    const pipeline = data.p
      .initVariable('m')
      .initVariable('accuracy', { default: [] })
      .gatherMetrics('classification', { ...options, saveTo: V('m'), mode: 'update' })
      .update(V('accuracy', { mode: 'append' }), V('m').call('evaluate', 'accuracy'))
    await pipeline.run(3)
    expect(pipeline.v('accuracy')).to.deep.equal([2 / 3, 4 / 6, 4 / 7])
  })

  it('what is gathered changes neither a first value nor what was saved elsewhere', async () => {
    const first = whole()
    const m = await gathered(p => p.gatherMetrics('classification', { ...options, saveTo: V('m'), mode: 'update' }), first)
    expect([first.evaluate('totalPopulation'), m.evaluate('totalPopulation')]).to.deep.equal([7, 14])
    const pipeline = data.p
      .initVariable('last')
      .initVariable('all')
      .gatherMetrics('classification', { ...options, saveTo: V('last') })
      .update(V('all', { mode: 'append' }), V('last'))
    await pipeline.nextBatch(3, { epochs: 1 })
    const last = pipeline.v('last') as ClassificationMetrics
    await pipeline.nextBatch()
    expect([last.length, (pipeline.v('all') as ClassificationMetrics).length]).to.deep.equal([1, 2])
  })

  it('metrics in a variable are saved and taken back to the last bit', async () => {
    const m = await gathered(p => p.gatherMetrics('instances', { targets: B('masks'), predictions: B('found'), fmt: 'labels', numClasses: 3, saveTo: V('m'), mode: 'append' })) // biome-ignore format: one line
    const again = decode(encode('variable m', { m })) as { m: SegmentationMetricsByInstances }
    expect(again.m).to.be.instanceOf(SegmentationMetricsByInstances)
    expect(again.m.toJSON()).to.deep.equal(m.toJSON())
    expect(again.m.update(m).evaluate('accuracy')).to.equal(m.copy().update(m).evaluate('accuracy'))
  })

  describe('is refused', () => {
    const to = { saveTo: V('m') }
    const cases: [string, () => any, string, RegExp][] = [
      ['a name that is the beginning of none', () => data.p.gatherMetrics('clasification' as 'loss', { ...options, ...to } as any), 'metrics-kind', /Did you mean classification/],
      ['no name at all', () => data.p.gatherMetrics('' as 'loss', { ...options, ...to } as any), 'metrics-kind', /prefix of several kinds.*classification, segmentation, mask/],
      ['a kind that is neither name nor class', () => data.p.gatherMetrics(3 as any, { ...options, ...to } as any), 'wrong-value', /a name, or a class/],
      ['an option of another kind', () => data.p.gatherMetrics('regression', { ...options, ...to } as any), 'unknown-option', /regression has no option fmt.*weights, multi/],
      ['a missing option', () => data.p.gatherMetrics('loss', to as any), 'missing-argument', /gatherMetrics of loss needs loss/],
      ['no place', () => data.p.gatherMetrics('classification', options as any), 'missing-argument', /needs saveTo/],
      ['labels beyond the classes', () => data.p.initVariable('m').gatherMetrics('classification', { ...options, numClasses: 2, ...to }).run(3), 'label-outside', /action 2 \(gatherMetrics\), batch 1.*Seen: 2/],
      ['other metrics in the variable', () => gathered(p => p.gatherMetrics('classification', { ...options, ...to, mode: 'u' }), new LossMetrics(1, 1)), 'metrics-differ', /ClassificationMetrics of 3 classes.*LossMetrics/],
    ] // biome-ignore format: one line a case
    for (const [what, work, code, message] of cases) {
      it(what, async () => {
        const error = await errorOf(work)
        expect(error?.code).to.equal(code)
        expect(error?.message).to.match(message)
      })
    }
  })
})
