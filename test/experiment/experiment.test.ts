import { expect } from 'chai'
import { experiment, MillraceError } from '../../src/experiment.js'
import { B, V } from '../../src/index.js'
import { Linear } from '../support/linear-model.js'
import { numbers } from '../support/numbers.js'
import { describeNumbers } from './numbers.js'

describe('experiment()', () => {
  it('calls pipelines by their keys, also where models are imported from them', () => {
    const { spec } = describeNumbers()
    expect(Object.keys(spec.pipelines)).to.deep.equal(['train', 'test', 'exam'])
    expect(spec.pipelines.test!.actions[1]).to.deep.equal({ importModel: { name: 'line', from: 'train' } })
  })

  it('fills in what was left out', () => {
    const { spec } = describeNumbers()
    expect(spec.title).to.equal('numbers')
    expect(spec.description).to.equal('')
    expect(spec.run.turns, 'those that are not in after').to.deep.equal(['train', 'test'])
  })

  it('is frozen through and through, and shares nothing with what it was given', () => {
    const record = ['test.loss']
    const { spec } = describeNumbers({ record })
    expect(Object.isFrozen(spec.run.record)).to.equal(true)
    expect(() => record.push('more')).not.to.throw()
  })

  it('names datasets it cannot describe', () => {
    expect(describeNumbers().spec.datasets).to.deep.equal({ numbers: { openset: '@live' } })
  })

  it('calls pipelines by their keys wherever they are named: inside actions, by join and merge, in expressions', () => {
    const first = numbers().p.initModel('static', Linear, 'line').initVariable('n', { default: 0 }).runLater(2)
    const second = numbers()
      .p.if(true, p => p.importModel('line', first))
      .join(first)
      .merge(first)
      .initVariable('m')
      .update(V('m'), V('n', { pipeline: first }))
    const { spec } = experiment({ name: 'named', pipelines: { first, second }, run: { iterations: 1, batch: { batchSize: 2 } } })
    expect(spec.pipelines.second!.actions).to.deep.equal([
      // biome-ignore lint/suspicious/noThenProperty: a list of actions, never awaited
      { if: { condition: true, then: [{ importModel: { name: 'line', from: 'first' } }] } },
      { join: { pipelines: ['first'] } },
      { merge: { pipelines: ['first'] } },
      { initVariable: { name: 'm' } },
      { update: { dst: { V: 'm' }, value: { V: 'n', pipeline: 'first' } } },
    ])
    const alone = () => experiment({ name: 'alone', pipelines: { second }, run: { iterations: 1, batch: { batchSize: 2 } } })
    expect(alone).to.throw(/model line is imported from a pipeline that is not in the experiment/)
  })

  it('refuses a model imported from a pipeline that is not in it', () => {
    const data = numbers()
    const feed = { x: B('x'), y: B('y') }
    const train = data.p.initModel('static', Linear, 'line')
    const test = data.p
      .initVariable('loss')
      .importModel('line', train)
      .predictModel('line', { fetches: 'loss', feed, saveTo: V('loss') })
    const describeIt = () =>
      experiment({
        name: 'x',
        pipelines: { train: train.trainModel('line', { feed }), test },
        run: { iterations: 1, batch: { batchSize: 1 } },
      })
    expect(describeIt)
      .to.throw(MillraceError)
      .that.includes({ code: 'pipeline-not-in-experiment' })
      .and.nested.include({ 'location.pipeline': 'test', 'location.action.number': 2 })
  })
})
