/** The benchmark's networks are those that its peers build, and Millrace's engines agree on them. */
import { expect } from 'chai'
import { type NetName, nets } from '../../bench/nets/table.js'
import { engineNames } from '../../src/models.js'

/** Parameters that `bench/peers/torch_step.py` prints; for the LSTM without PyTorch's second biases. */
const inTorch = {
  flagship: 8_022_474,
  resnet18: 11_172_170,
  mlp: 669_706,
  unet: 117_378,
  lstm: 58_506,
  densenet: 76_810,
  mobilenet: 136_778,
} satisfies Partial<Record<NetName, number>>

/** The same of networks as published, whose engines `test/models/zoo` compares. */
const published: Readonly<Record<Exclude<NetName, keyof typeof inTorch>, number>> = {
  mobilenetv2: 2_236_682,
  efficientnetb0: 4_020_358,
  resnext50: 23_000_394,
  convnextatto: 3_377_730,
  vittiny: 5_390_410,
  unetresnet18: 14_328_354,
}

describe('bench: networks', () => {
  for (const [name, parameters] of Object.entries(inTorch)) {
    it(`${name} has as many parameters as in PyTorch and learns the same by every engine`, async () => {
      const net = nets[name as NetName]
      const feed = net.feed(4)
      const losses: number[][] = []
      for (const engine of engineNames) {
        const model = await net.build({ engine, se: false })
        expect(model.parameterCount).to.equal(parameters)
        const found: number[] = []
        for (let step = 0; step < 3; step++) found.push((await model.train(feed, ['loss']))[0] as number)
        model.dispose()
        expect(found.at(-1), engine).to.be.below(found[0]!)
        losses.push(found)
      }
      for (const found of losses) for (const [step, loss] of found.entries()) expect(loss).to.be.closeTo(losses[0]![step]!, 0.01)
    })
  }

  for (const [name, parameters] of Object.entries(published)) {
    it(`${name} has as many parameters as in PyTorch`, async () => {
      const model = await nets[name as NetName].build({ engine: 'eager', se: false })
      expect(model.parameterCount).to.equal(parameters)
      model.dispose()
    })
  }

  it('the flagship with squeeze and excitation has more', async () => {
    const model = await nets.flagship.build({ engine: 'eager', se: true })
    expect(model.parameterCount).to.equal(8_722_874)
    model.dispose()
  })
})
