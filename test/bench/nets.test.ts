/** The benchmark's networks are those that its peers build: the same parameters, counted in PyTorch. */
import { expect } from 'chai'
import { type NetName, nets } from '../../bench/nets/table.js'

/** What `bench/peers/torch_step.py` prints; for the LSTM without PyTorch's second biases. */
const inTorch: Readonly<Record<NetName, number>> = {
  flagship: 8_022_474,
  resnet18: 11_172_170,
  mlp: 669_706,
  unet: 117_378,
  lstm: 58_506,
  densenet: 76_810,
  mobilenet: 136_778,
}

describe('bench: networks', () => {
  for (const [name, parameters] of Object.entries(inTorch)) {
    it(`${name} learns and has as many parameters as in PyTorch`, async () => {
      const net = nets[name as NetName]
      const model = await net.build({ engine: 'eager', se: false })
      expect(model.parameterCount).to.equal(parameters)
      const feed = net.feed(4)
      const [first] = await model.train(feed, ['loss'])
      for (let step = 0; step < 2; step++) await model.train(feed, ['loss'])
      const [last] = await model.train(feed, ['loss'])
      expect(last).to.be.below(first as number)
      model.dispose()
    }).timeout(60_000)
  }

  it('the flagship with squeeze and excitation has more', async () => {
    const model = await nets.flagship.build({ engine: 'eager', se: true })
    expect(model.parameterCount).to.equal(8_722_874)
    model.dispose()
  })
})
