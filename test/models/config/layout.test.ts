import { expect } from 'chai'
import { convBlock } from '../../../src/models/blocks/conv-block.js'
import type { Section } from '../../../src/models/blocks/section.js'
import { PlanBuilder } from '../../../src/models/plan/plan.js'
import { ResNet } from '../../../src/models.js'
import { batch, errorOf, tiny } from '../small.js'

function layers(layout: string, section: Section = {}, shape = [8, 8, 3]) {
  const plan = new PlanBuilder()
  const output = convBlock(plan, plan.input('x', shape), 'part', { filters: 4, units: 5 }, section, { layout })
  return plan.finish(output).nodes.slice(1)
}
const names = (layout: string, section?: Section) => layers(layout, section).map(node => node.path.replace('part/', ''))
const shapes = (layout: string, section?: Section, shape?: number[]) => layers(layout, section, shape).map(node => node.shape.join('×'))

describe('a layout', () => {
  it('is a layer a letter, named by kind and number', () => {
    expect(names('cna cn')).to.deep.equal(['conv-0', 'norm-0', 'activation', 'conv-1', 'norm-1'])
    expect(names('cp v V d f', { dropout_rate: 0.5 })).to.deep.equal(['conv', 'pool', 'mean-pool', 'gap', 'dropout', 'dense'])
    expect(names('cf')).to.deep.equal(['conv', 'flatten', 'dense'])
    expect(names('P')).to.deep.equal(['gmp'])
    expect(names('d')).to.deep.equal([])
    expect(names('')).to.deep.equal([])
  })

  it('of a block may have a sum or a concatenation of its own', () => {
    const config = { ...tiny, 'body/block/post_activation': null }
    const layouts = {
      'R cn +': ['conv', 'norm', 'sum-0'],
      'R cna cn +': ['conv-0', 'norm-0', 'activation', 'conv-1', 'norm-1', 'sum-0'],
      'R c + R c +': ['conv-0', 'sum-0', 'conv-1', 'sum-1'],
      'R c R c + +': ['conv-0', 'conv-1', 'sum-0', 'sum-1'],
      'R c .': ['conv', 'concat'],
      'c R +': ['conv', 'sum-0'],
    }
    for (const [layout, expected] of Object.entries(layouts)) {
      for (const se of [false, true]) {
        const { fetchNames } = ResNet.describe({ ...config, 'body/block/layout': layout, 'body/block/se_block': se })
        const block = fetchNames.filter(name => name.startsWith('body/group-0/block-0/') && !/\/(se|shortcut|post)/.test(name))
        expect(block.map(name => name.split('/').at(-1))).to.deep.equal([...expected, 'sum'])
        expect(new Set(fetchNames).size).to.equal(fetchNames.length)
      }
    }
  })

  it('with one sum in a block is built and trained', async () => {
    const layout = { 'body/block/layout': 'R cn +' }
    expect(ResNet.checkConfig({ ...tiny, ...layout }).errors).to.deep.equal([])
    const model = await ResNet.build({ ...tiny, ...layout }, { name: 'm', seed: 0 })
    const [loss] = await model.train(batch(4))
    expect(loss).to.be.finite
    model.dispose()
  })

  it('knows the shapes', () => {
    expect(shapes('cpVf', { strides: 2, kernel_size: 3, pool_size: 3 })).to.deep.equal(['4×4×4', '2×2×4', '4', '5'])
    expect(shapes('c', { padding: 'valid', kernel_size: 3 })).to.deep.equal(['6×6×4'])
    expect(shapes('c', { padding: 'valid', dilation_rate: 2 })).to.deep.equal(['4×4×4'])
    expect(shapes('cpf', {}, [9, 2])).to.deep.equal(['9×4', '5×4', '20', '5'])
    expect(shapes('cp', {}, [4, 6, 8, 1])).to.deep.equal(['4×6×8×4', '2×3×4×4'])
  })

  it('takes a list for the layers of a group', () => {
    const [first, , second] = layers('cac', { filters: [6, 7], kernel_size: [1, 3], activation: 'tanh' })
    expect(first!.weights[0]!.shape).to.deep.equal([1, 1, 3, 6])
    expect(second!.weights[0]!.shape).to.deep.equal([3, 3, 6, 7])
    expect(layers('c', { kernel_size: [1, 3] })[0]!.weights[0]!.shape).to.deep.equal([1, 3, 3, 4])
    expect(
      layers('faf', { units: [2, 3], activation: ['sigmoid'] })
        .filter(node => node.kind === 'dense')
        .map(node => node.shape[0]),
    ).to.deep.equal([2, 3])
  })

  it('has BatchFlow’s parameters where the config says nothing', () => {
    const specs = Object.fromEntries(layers('cnapf').map(({ kind, spec }) => [kind, spec]))
    const initializer = { type: 'glorot_uniform' }
    const plain = { strides: [1, 1], padding: 'same', groups: 1, initializer }
    expect(specs.conv).to.deep.equal({ type: 'conv', filters: 4, kernelSize: [3, 3], dilationRate: [1, 1], useBias: true, ...plain })
    expect(specs.norm).to.deep.equal({ type: 'norm', momentum: 0.99, epsilon: 1e-3 })
    expect(specs.activation).to.deep.equal({ type: 'activation', activation: 'relu' })
    expect(specs.pool).to.deep.equal({ type: 'pool', op: 'max', poolSize: [2, 2], strides: [2, 2], padding: 'same' })
    expect(specs.dense).to.deep.equal({ type: 'dense', units: 5, useBias: true, initializer })
  })

  it('leaves out what is turned off', () => {
    expect(names('cna', { batch_norm: false })).to.deep.equal(['conv', 'activation'])
    expect(names('cna', { activation: null })).to.deep.equal(['conv', 'norm'])
    expect(layers('c', { conv: { use_bias: false } })[0]!.weights).to.have.length(1)
  })

  it('sums and joins shortcuts', () => {
    expect(layers('R c +', { filters: 3 }).at(-1)!.inputs).to.deep.equal(['part/conv', 'inputs/x'])
    expect(shapes('R c .').at(-1)).to.equal('8×8×7')
  })

  for (const [what, layout, section, message] of [
    ['an unknown letter', 'cz', {}, 'z is not a letter of a layout'],
    ['a sum without its shortcut', 'c+', {}, 'no shortcut'],
    ['shapes that do not fit', 'Rc+', {}, 'do not fit'],
    ['a list of another length', 'ccc', { filters: [1, 2] }, 'a list of 2 for 3 layers'],
    ['a kernel for other axes', 'c', { kernel_size: [1, 2, 3] }, 'a list of 3 for 2 axes'],
    ['convolutions without filters', 'c', { filters: null }, 'needs filters'],
    ['dense layers without units', 'f', { units: null }, 'needs units'],
    ['a convolution after a dense layer', 'fc', {}, 'c in the layout cannot take the shape [5]'],
    ['a window larger than its input', 'c', { padding: 'valid', kernel_size: 9 }, 'nothing is left'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      expect((await errorOf(() => layers(layout, section))).message).to.contain(message)
    })
  }

  it('refuses more axes than tfjs has a layer for', async () => {
    for (const [layout, shape] of [
      ['V', [2, 2, 2, 1]],
      ['P', [2, 2, 2, 1]],
      ['c', [2, 2, 2, 2, 1]],
    ] as const) {
      const error = await errorOf(() => layers(layout, {}, [...shape]))
      expect(error.message).to.contain(`${layout} in the layout cannot take the shape`)
    }
  })
})
