/** Blocks and letters that a program adds. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { MillraceError } from '../../../src/errors/index.js'
import { blockTypes } from '../../../src/models/blocks/types/registered.js'
import { loadModel, ResNet, registerBlock, registerLetter } from '../../../src/models.js'
import { integer, option } from '../../../src/options.js'
import { batch } from '../small.js'

const thrownBy = (work: () => unknown): MillraceError => {
  try {
    work()
  } catch (error) {
    if (error instanceof MillraceError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const inputs = { images: { shape: [8, 8, 1] }, labels: { classes: 3, transform: 'ohe', name: 'targets' } }
const small = {
  inputs,
  stem: 'small',
  'initial_block/filters': 4,
  'body/num_blocks': [1, 2],
  'body/filters': [4, 8],
  'head/layout': 'Vf',
  loss: 'ce',
}
const withGhost = { ...small, 'body/block': { type: 'ghost', ratio: 4 } }
const problemOf = (config: Readonly<Record<string, unknown>>) => ResNet.checkConfig(config).errors[0]!

describe('a block of a program', () => {
  beforeEach(() => {
    registerBlock('ghost', {
      summary: 'a convolution, and cheap features from its output',
      options: { ratio: option('times more features than the convolution has', integer({ min: 2 }), { default: 2 }) },
      parameters: ['activation', 'conv'],
      add: ({ input, filters, strides, layout, join, attend, dropPath }, { ratio }) => {
        const own = Math.ceil(filters / ratio)
        const primary = layout('primary', input, 'cna', { filters: own, kernel_size: 1, strides })
        const cheap = layout('cheap', primary, 'cna', { filters: filters - own })
        return dropPath(attend(join('concatenation', primary, cheap)))
      },
    })
  })

  it('is a kind of block of any trunk, with its own keys, their defaults, and the parameters that it takes', () => {
    const convolutions = (config: Readonly<Record<string, unknown>>) =>
      ResNet.describe(config).layers.filter(({ path, kind }) => path.startsWith('body/') && kind === 'conv')
    expect(convolutions(withGhost).map(({ path, shape }) => [path, shape])).to.deep.equal([
      ['body/group-0/block-0/primary/conv', [8, 8, 1]],
      ['body/group-0/block-0/cheap/conv', [8, 8, 3]],
      ['body/group-1/block-0/primary/conv', [4, 4, 2]],
      ['body/group-1/block-0/cheap/conv', [4, 4, 6]],
      ['body/group-1/block-1/primary/conv', [4, 4, 2]],
      ['body/group-1/block-1/cheap/conv', [4, 4, 6]],
    ])
    expect(convolutions({ ...small, 'body/block/type': 'ghost' })[0]!.shape).to.deep.equal([8, 8, 2])
    const kernels = convolutions({ ...withGhost, 'body/block/conv/use_bias': false }).flatMap(({ weights }) => weights)
    expect(kernels).to.have.length(6)
  })

  it('has the attention and the stochastic depth of the config', () => {
    const config = { ...withGhost, 'common/attention': { type: 'se', ratio: 2 }, 'body/drop_path': 0.5 }
    const paths = ResNet.describe(config).layers.map(({ path }) => path)
    expect(paths).to.include('body/group-1/block-0/se/dense-0').and.include('body/group-1/block-1/drop-path')
  })

  it('is checked: misspelt keys, wrong values, keys of other kinds', () => {
    expect(problemOf({ ...small, 'body/block': { type: 'ghost', rato: 4 } })).to.include({ fix: 'Did you mean ratio?' })
    expect(problemOf({ ...withGhost, 'body/block/ratio': 1 }).allowed).to.include('an integer of at least 2')
    expect(problemOf({ ...withGhost, 'body/block/bottleneck': true }).what).to.equal('ghost blocks have no key bottleneck')
  })

  it('trains, and a saved model has it when it is loaded', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'registered-'))
    try {
      const model = await ResNet.build({ ...withGhost, engine: 'eager' }, { name: 'net', seed: 1 })
      await model.train(batch(6, 0), ['loss'])
      await model.save(join(folder, 'net'))
      const loaded = await loadModel(join(folder, 'net'))
      const losses = [model, loaded].map(async each => [await each.train(batch(6, 1), ['loss']), await each.train(batch(6, 2), ['loss'])])
      const [expected, found] = await Promise.all(losses)
      expect(found).to.deep.equal(expected)
      for (const each of [model, loaded]) each.dispose()
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('of a name that no program has registered is an error that says how', () => {
    const problem = problemOf({ ...small, 'body/block/type': 'ghosts' })
    expect(problem.what).to.include('ghosts')
    expect(problem.allowed).to.include('registerBlock of millrace/models')
  })

  for (const [words, name, block, why] of [
    [
      'a name of Millrace',
      'dense',
      { summary: '', add: ({ input }: { readonly input: unknown }) => input },
      'Millrace has a block of this name',
    ],
    ['what is not a name', 'My Block', { summary: '', add: ({ input }: { readonly input: unknown }) => input }, 'not a name of a block'],
    ['a row without add', 'bare', { summary: '' }, 'it has no add'],
  ] as const) {
    it(`refuses ${words}`, () => {
      const error = thrownBy(() => registerBlock(name, block as never))
      expect(error.code).to.equal('wrong-block')
      expect(error.message).to.include(why)
      expect(blockTypes.has('bare')).to.equal(false)
    })
  }

  it('whose layout takes another parameter is an error that names it', () => {
    registerBlock('ghost', { summary: '', add: ({ input, filters, layout }) => layout('one', input, 'c', { filtres: filters }) })
    const problem = problemOf({ ...small, 'body/block/type': 'ghost' })
    expect(problem).to.include({ what: 'there is no key filtres', fix: 'Did you mean filters?' })
    expect(problem.path).to.deep.equal(['body/group-0/block-0/one/filtres'])
  })

  it('reads its keys by its own types, where Millrace has other keys of these names', () => {
    registerBlock('ghost', {
      summary: '',
      options: { expansion: option('how much wider', integer({ min: 3 }), { default: 3 }) },
      add: ({ input, filters, layout }, { expansion }) =>
        layout('one', layout('wide', input, 'c', { filters: filters * expansion }), 'c', { filters }),
    })
    const config = { ...small, 'initial_block/strides': 1, 'body/num_blocks': [1], 'body/filters': [4], 'body/block/type': 'ghost' }
    expect(
      ResNet.describe(config)
        .layers.find(({ path }) => path.includes('wide'))!
        .shape.at(-1),
    ).to.equal(12)
    expect(problemOf({ ...config, 'body/block/expansion': 1.5 })).to.deep.include({ allowed: 'an integer of at least 3' })
  })

  it('that returns no output is an error at its path', () => {
    registerBlock('ghost', { summary: 'nothing', add: () => undefined as never })
    expect(problemOf({ ...small, 'body/block/type': 'ghost' }).what).to.equal('add of the block ghost returns no output')
  })
})

describe('a letter of a program', () => {
  beforeEach(() => {
    registerLetter('g', {
      summary: 'the input times the sigmoid of a 1×1 convolution of it',
      add: ({ layout, join }, input) => {
        const gate = layout('gate', input, 'ca', { filters: input.shape.at(-1), kernel_size: 1, strides: 1, activation: 'sigmoid' })
        return join('product', input, gate)
      },
    })
  })

  it('is a letter of the layouts of any part, its layers numbered from the second on', () => {
    const paths = ResNet.describe({ ...small, 'initial_block/layout': 'cg g' }).layers.map(({ path }) => path)
    expect(paths.filter(path => path.startsWith('initial_block/'))).to.deep.equal([
      'initial_block/conv',
      'initial_block/gate/conv',
      'initial_block/gate/activation',
      'initial_block/scale',
      'initial_block/gate-1/conv',
      'initial_block/gate-1/activation',
      'initial_block/scale-1',
    ])
  })

  for (const [words, letter, row, why] of [
    ['a letter of Millrace', 'c', { summary: '', add: (_: unknown, input: never) => input }, 'Millrace has this letter'],
    ['two characters', 'gg', { summary: '', add: (_: unknown, input: never) => input }, 'it is not one character'],
    ['a blank', ' ', { summary: '', add: (_: unknown, input: never) => input }, 'it is not one character'],
    ['a row without add', 'h', { summary: '' }, 'it has no add'],
  ] as const) {
    it(`refuses ${words}`, () => {
      const error = thrownBy(() => registerLetter(letter, row as never))
      expect(error.code).to.equal('wrong-letter')
      expect(error.message).to.include(why)
    })
  }
})
