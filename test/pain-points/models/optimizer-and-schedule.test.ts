import { expect } from 'chai'
import { describeModel } from '../../../src/models/zoo/describe.js'
import type { ZooRow } from '../../../src/models/zoo/zoo-row.js'
import { models, ResNet } from '../../../src/models.js'
import { batch, small } from '../../models/small.js'

/** A network with the defaults of BatchFlow's ResNet of 2018: Momentum at 0.1, less after many steps. */
const scheduled: ZooRow = {
  ...ResNet.row,
  defaults: {
    optimizer: ['Momentum', { learning_rate: 0.1, momentum: 0.9 }],
    decay: ['piecewise', { boundaries: [117188, 234375], values: [0.1, 0.01, 0.001] }],
  },
}

describe('another optimizer brings no schedule along', () => {
  const { optimizer: _, ...unsaid } = small

  it('the defaults of a network go together', () => {
    const { config } = describeModel('net', scheduled, unsaid)
    expect(config.at<unknown[]>('optimizer')[0]).to.equal('Momentum')
    expect(config.at<unknown[]>('decay')[0]).to.equal('piecewise')
  })

  for (const optimizer of ['Adam', ['Adam', { learningRate: 1e-4 }], { name: 'SGD' }]) {
    it(`${JSON.stringify(optimizer)} has neither the default's options nor its schedule`, () => {
      const { config } = describeModel('net', scheduled, { ...unsaid, optimizer })
      expect(config.has('decay')).to.equal(false)
      expect(JSON.stringify(config.at('optimizer'))).not.to.contain('momentum')
    })
  }

  it('a schedule that was asked for stays', () => {
    const decay = { name: 'cosine', decaySteps: 10 }
    const { config } = describeModel('net', scheduled, { ...unsaid, optimizer: 'Adam', decay })
    expect(config.at<{ toJSON(): object }>('decay').toJSON()).to.deep.equal(decay)
  })

  it('no network of the zoo has a schedule of its own: Adam trains at 0.001', async () => {
    for (const { row } of Object.values(models)) {
      const { family, defaults } = row
      expect(Object.keys({ ...family.defaults, ...defaults }).filter(key => key.startsWith('decay'))).to.deep.equal([])
    }
    const model = await ResNet.build({ ...small, engine: 'eager' }, { name: 'net', seed: 1 })
    await model.train(batch())
    expect(model.learningRate).to.equal(1e-3)
    model.dispose()
  })
})
