import { expect } from 'chai'
import { listConfigKeys, models, ResNet, ResNet18, toModelClass } from '../../../src/models.js'
import { errorOf, flagship } from '../../models/small.js'
import { needed, zooNames } from '../../models/zoo/facts.js'

const own = (_: unknown, tf: any) => tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] })

describe('no key of a config is ignored, and the config in effect can be read', () => {
  // BatchFlow takes each of these in silence.
  const slips: readonly (readonly [string, string | undefined])[] = [
    ['attention_mode', undefined],
    ['ratio', undefined],
    ['body/blok', 'body/block'],
    ['body/block/se_blok', 'body/block/se_block'],
    ['initial_blok/inputs', 'initial_block'],
    ['optimiser', 'optimizer'],
    ['body/num_block', 'body/num_blocks'],
  ]
  for (const [key, right] of slips) {
    const meant = right?.split('/').at(-1)
    it(`${key} is refused in every network${meant ? `: did you mean ${meant}?` : ''}`, () => {
      const having = zooNames.filter(name => !right || listConfigKeys(name).some(row => `${row.key}/`.startsWith(`${right}/`)))
      expect(having).not.to.deep.equal([])
      for (const name of having) {
        const { errors } = models[name].checkConfig({ ...needed(name), [key]: true })
        expect(errors, name).to.have.length(1)
        expect(errors[0]!.path).to.deep.equal([key])
        expect(errors[0]!.allowed, 'the keys there are').to.be.a('string')
        expect(errors[0]!.fix).to.equal(meant && `Did you mean ${meant}?`)
      }
    })
  }

  it('the old name of a key is read as the new one, and says so', () => {
    const { errors, notes } = ResNet18.checkConfig({ inputs: flagship.inputs, 'input_block/inputs': 'images' })
    expect(errors).to.deep.equal([])
    expect(notes[0]!.fix).to.contain('initial_block/inputs')
  })

  it('a function of the user’s has keys of its own; one that nobody reads and that resembles another is refused', async () => {
    const reading = ({ units }: any, tf: any) => tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [2] })] })
    const model = await toModelClass(reading).build({ units: 3, loss: 'ce', notes: 'mine' }, { name: 'net', seed: 1 })
    expect(model.parameterCount).to.equal(9)
    model.dispose()
    const error = await errorOf(() => toModelClass(own).build({ loss: 'ce', optimiser: 'SGD' }, { name: 'net', seed: 1 }))
    expect(error.code).to.equal('model-config')
    expect(error.message).to.contain('optimiser').and.to.contain('Did you mean optimizer?')
  })

  it('the config in effect holds the defaults and what was written', () => {
    const { config } = ResNet.describe({ ...flagship, 'common/activation': 'elu' })
    expect(config).to.deep.include({ loss: 'ce', optimizer: 'Adam' })
    expect(config.initial_block).to.deep.include({ layout: 'cnap', kernel_size: 7, inputs: 'images' })
    expect(config.common).to.deep.include({ activation: 'elu', conv: { use_bias: false } })
    expect(JSON.parse(JSON.stringify(config))).to.deep.equal(config)
    expect(ResNet.describe(config).config).to.deep.equal(config)
  })
})
