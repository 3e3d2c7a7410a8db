import { expect } from 'chai'
import { listConfigKeys } from '../../../src/models/zoo/list-keys.js'
import { ResNet, ResNet18 } from '../../../src/models.js'
import { errorOf, flagship } from '../small.js'

const errors = (config: object, model = ResNet) => model.checkConfig({ ...flagship, ...config }).errors
const only = (config: object) => {
  const found = errors(config)
  expect(found).to.have.length(1)
  return found[0]!
}

describe('a model’s config', () => {
  it('the article’s is right, nested or with paths', () => {
    const nested = {
      inputs: flagship.inputs,
      initial_block: { inputs: 'images' },
      body: {
        num_blocks: [1, 1, 1, 1],
        filters: [64, 128, 256, 512],
        'block/bottleneck': true,
        block: { layout: 'cna cna cn', post_activation: 'relu' },
      },
      loss: 'ce',
    }
    expect(ResNet.checkConfig(flagship)).to.deep.equal({ errors: [], notes: [] })
    expect(ResNet.checkConfig(nested).errors).to.deep.equal([])
    expect(ResNet.describe(nested).summary()).to.equal(ResNet.describe(flagship).summary())
  })

  it('takes the old name of initial_block, with a note', () => {
    const { 'initial_block/inputs': _, ...rest } = flagship
    const { errors, notes } = ResNet.checkConfig({ ...rest, 'input_block/inputs': 'images' })
    expect(errors).to.deep.equal([])
    expect(notes).to.deep.equal([
      { path: ['input_block/inputs'], what: 'input_block is the old name of initial_block', fix: 'Write initial_block/inputs.' },
    ])
  })

  it('finds unknown keys at any depth, as they were written, with the nearest name', () => {
    expect(only({ 'body/block/se_blok': true })).to.include({
      what: 'there is no key se_blok in body/block',
      fix: 'Did you mean se_block?',
    })
    expect(only({ body: { blok: {} } }).path).to.deep.equal(['body', 'blok'])
    expect(only({ 'body/block': { se_block: { ratoi: 4 } } })).to.deep.include({
      path: ['body/block', 'se_block', 'ratoi'],
      fix: 'Did you mean ratio?',
    })
    expect(only({ optimiser: 'Adam' }).fix).to.equal('Did you mean optimizer?')
    expect(only({ inputs: { ...flagship.inputs, images: { shpe: [28, 28, 1] } } }).fix).to.equal('Did you mean shape?')
    expect(errors(JSON.parse('{"__proto__": 1, "inputs": {"__proto__": {}, "images": {"shape": 1}}}'))).to.have.length(2)
    expect(only({ 'body/num_blocks/x': 1 }).path).to.deep.equal(['body/num_blocks/x'])
  })

  it('finds wrong values and says what is allowed', () => {
    expect(only({ 'body/num_blocks': [1, 0] }).allowed).to.equal('an integer of at least 1')
    expect(only({ 'body/block/layout': 'cnz' }).allowed).to.contain('c w C t n l a p v P V d f')
    expect(only({ 'body/block/post_activation': 'reluu' }).allowed).to.contain('relu')
    expect(only({ loss: 'cross' }).allowed).to.contain('ce, bce, mse')
    expect(only({ optimizer: 'Adamm' })).to.deep.include({
      path: ['optimizer'],
      allowed: 'Adam, AdamW, SGD, Momentum, RMSProp, Adagrad, Adadelta, Adamax',
    })
    expect(only({ optimizer: { name: 'Adam', lr: 1 } }).path).to.deep.equal(['optimizer', 'lr'])
    expect(only({ optimizer: ['Adam', { beta1: 'x' }] }).path).to.deep.equal(['optimizer', 1, 'beta1'])
    expect(only({ 'head/dropout_rate': 1 }).allowed).to.equal('a number of at least 0 and below 1, or a list of such')
    expect(errors({ optimizer: { name: 'adam_optimizer', learning_rate: 0.1 } })).to.deep.equal([])
    expect(ResNet18.checkConfig({ inputs: flagship.inputs, 'optimizer/learningRate': 0.1 }).errors).to.deep.equal([])
    expect(ResNet18.checkConfig({ inputs: flagship.inputs, 'optimizer/learningRat': 0.1 }).errors).to.have.length(1)
    expect(only({ engine: 'fast' }).allowed).to.contain('eager')
    expect(only({ body: 5 }).path).to.deep.equal(['body'])
    expect(only({ body: 5 }).allowed).to.match(/^a map with the keys num_blocks, filters, /)
  })

  it('has a hint for a slip in a closed set of names', () => {
    const slips: [object, string][] = [
      [{ loss: 'cee' }, 'ce'],
      [{ optimizer: 'Adamm' }, 'Adam'],
      [{ optimizer: { name: 'Adam', learningRat: 1 } }, 'learningRate'],
      [{ 'body/block/post_activation': 'reluu' }, 'relu'],
      [{ engine: 'eagr' }, 'eager'],
      [{ 'body/blok/bottleneck': true }, 'block'],
    ]
    for (const [slip, name] of slips) expect(only(slip).fix, JSON.stringify(slip)).to.equal(`Did you mean ${name}?`)
  })

  it('finds what does not fit together', () => {
    expect(only({ 'body/filters': [64] })).to.deep.include({ path: ['body/filters'], allowed: 'a list of 4' })
    expect(only({ 'initial_block/inputs': 'image' })).to.deep.include({ path: ['initial_block/inputs'], fix: 'Did you mean images?' })
    expect(only({ 'body/block/layout': 'cna cn' }).allowed).to.equal('three in a bottleneck block')
    expect(only({ inputs: { images: {}, labels: { classes: 10 } } }).path).to.deep.equal(['inputs', 'images'])
    expect(only({ loss: 'mse', predictions: 'labels' }).path).to.deep.equal(['predictions'])
    expect(ResNet.checkConfig({}).errors[0]!.what).to.equal('a model needs inputs')
    expect(ResNet.checkConfig({ inputs: flagship.inputs }).errors[0]!.path).to.deep.equal(['body/num_blocks'])
    expect(ResNet18.checkConfig({ inputs: flagship.inputs }).errors).to.deep.equal([])
  })

  it('finds several mistakes at once, and build throws them all', async () => {
    const config = { ...flagship, los: 'ce', 'body/filters': 'many', 'head/unitz': 3 }
    expect(ResNet.checkConfig(config).errors).to.have.length(3)
    const error = await errorOf(() => ResNet.build(config, { name: 'resnet', seed: 1 }))
    expect(error.code).to.equal('model-config')
    for (const part of ['los', 'body/filters', 'unitz']) expect(error.message).to.contain(part)
  })

  it('takes post_activation as true, a layout, an activation or null', () => {
    const post = (value: unknown) =>
      ResNet.describe({ ...flagship, 'body/block/post_activation': value })
        .layers.map(layer => layer.path)
        .filter(path => path.startsWith('body/group-0/block-0/post'))
        .map(path => path.split('/').at(-1))
    expect(post(true)).to.deep.equal(['activation', 'norm'])
    expect(post('a')).to.deep.equal(['activation'])
    expect(post('na')).to.deep.equal(['norm', 'activation'])
    expect(post('tanh')).to.deep.equal(['activation'])
    expect(post(null)).to.deep.equal([])
    const relu__op = () => 0
    expect(post(relu__op)).to.deep.equal(['activation'])
  })

  it('has a table of its keys', () => {
    const keys = new Map(listConfigKeys('ResNet').map(row => [row.key, row]))
    expect(keys.get('body/block/se_block/ratio')!.default).to.equal(16)
    expect(keys.get('initial_block/kernel_size')!.default).to.equal(7)
    expect(keys.get('common/conv/use_bias')!.default).to.equal(false)
    expect(keys.get('head/batch_norm/momentum')!.default).to.equal(0.9)
    expect(keys.get('head/dropout_rate')!.default).to.equal(0)
    for (const { key, summary } of keys.values()) expect(summary, key).not.to.equal('')
  })
})
