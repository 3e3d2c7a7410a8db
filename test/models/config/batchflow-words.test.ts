/** Keys as BatchFlow's PyTorch models call them. */
import { expect } from 'chai'
import { batchflowWords } from '../../../src/models/config/batchflow-words.js'
import { ResNet18, UNet } from '../../../src/models.js'

const inputs = { images: { shape: [32, 32, 3] }, labels: { classes: 10, name: 'targets' } }

/** Where each word stands, and the key that is suggested there. */
const places: readonly (readonly [written: string, suggested: string])[] = [
  ['initial_block/channels', 'filters'],
  ['body/block/channels', 'filters'],
  ['body/stride', 'strides'],
  ['body/n_reps', 'num_blocks'],
  ['body/blocks', 'block'],
  ['common/bias', 'conv/use_bias'],
  ['head/use_bias', 'conv/use_bias'],
  ['head/features', 'units'],
  ['body/block/attention_mode', 'attention'],
  ['common/self_attention', 'attention'],
]

describe("words of BatchFlow's PyTorch models", () => {
  for (const [written, suggested] of places) {
    it(`${written} is an error that suggests ${suggested}`, () => {
      const [problem] = ResNet18.checkConfig({ inputs, [written]: 2 }).errors
      expect(problem).to.include({ fix: `Did you mean ${suggested}?` })
      expect(problem!.path).to.deep.equal([written])
    })
  }

  it('are suggested below decoders, too', () => {
    const masks = { images: inputs.images, masks: { shape: [32, 32], classes: 2, name: 'targets' } }
    expect(UNet.checkConfig({ inputs: masks, 'decoder/channels': [8, 4] }).errors[0]).to.include({ fix: 'Did you mean filters?' })
  })

  it('each stand somewhere in this test, and each key that is suggested exists', () => {
    const words = places.map(([written]) => written.split('/').at(-1))
    expect(Object.keys(batchflowWords).filter(word => !words.includes(word))).to.deep.equal([])
    for (const [written, suggested] of places) {
      const path = [...written.split('/').slice(0, -1), suggested].join('/')
      const unknown = ResNet18.checkConfig({ inputs, [path]: 2 }).errors.filter(({ what }) => what.startsWith('there is no key'))
      expect(unknown, path).to.deep.equal([])
    }
  })

  it('where they mean no key are unknown keys like any other', () => {
    expect(ResNet18.checkConfig({ inputs, 'optimizer/channels': 2 }).errors[0]!.fix).to.equal(undefined)
    expect(ResNet18.checkConfig({ inputs, 'initial_block/n_reps': 2 }).errors[0]!.fix).to.not.equal('Did you mean num_blocks?')
  })
})
