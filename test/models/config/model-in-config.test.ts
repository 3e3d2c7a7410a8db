/** Models whose class is in their config, as they are built, saved and restored. */
import { expect } from 'chai'
import { B, C, F } from '../../../src/index.js'
import { ResNet, type TfModel } from '../../../src/models.js'
import { smallImages } from '../../support/small-images.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { errorOf } from '../small.js'

const data = smallImages(8)
const feed = { images: B('images'), labels: B('labels') }
const inputs = { images: { shape: [8, 8, 1] }, labels: { classes: 3 } } as const
const net = {
  inputs,
  'initial_block/layout': 'c',
  'initial_block/filters': 2,
  'body/num_blocks': [1],
  loss: 'ce',
  engine: 'eager',
} as const
const line = ({ units }: any, tf: any) =>
  tf.sequential({ layers: [tf.layers.flatten({ inputShape: [8, 8, 1] }), tf.layers.dense({ units })] })
const own = { model: line, units: 3, loss: 'ce', engine: 'eager' } as const

/** What a pipeline builds: the class, and the config that is saved. */
async function builtBy(pipeline: { run(size: number, options: object): Promise<unknown>; m(name: string): unknown; dispose(): void }) {
  await pipeline.run(4, { iterations: 1 })
  const { origin } = pipeline.m('net') as TfModel
  pipeline.dispose()
  return { className: origin.className, hasModel: 'model' in origin.config }
}

describe('a model whose config has its class', () => {
  for (const [what, pipeline, className] of [
    ['a class of the zoo', data.p.initModel('dynamic', 'net', { config: { model: ResNet, ...net } }), 'ResNet'],
    ['a name of the zoo', data.p.initModel('dynamic', 'net', { config: { model: 'ResNet', ...net } }), 'ResNet'],
    ["a function of one's own", data.p.initModel('dynamic', 'net', { config: own }), 'line'],
    [
      "a class in the pipeline's config",
      data.p.setConfig({ net: { model: ResNet, ...net } }).initModel('dynamic', 'net', { config: C('net') }),
      'ResNet',
    ],
    ["a function in the pipeline's config", data.p.setConfig({ net: own }).initModel('static', 'net', { config: C('net') }), 'line'],
    ['what a function returns', data.p.initModel('dynamic', 'net', { config: F(() => ({ model: 'ResNet', ...net }))() }), 'ResNet'],
    ['the same class as the action', data.p.initModel('dynamic', ResNet, 'net', { config: { model: 'ResNet', ...net } }), 'ResNet'],
  ] as const) {
    it(`is built from ${what}`, async () => {
      expect(await builtBy(pipeline.trainModel('net', { feed }) as any)).to.deep.equal({ className, hasModel: false })
    })
  }

  it('has the description of a file', () => {
    const { spec } = data.p.initModel('dynamic', 'net', { config: { model: ResNet, loss: 'ce' } })
    expect(spec.actions[0]).to.deep.equal({ initModel: { mode: 'dynamic', name: 'net', config: { model: 'ResNet', loss: 'ce' } } })
  })

  for (const [what, pipeline, code] of [
    ['no class', data.p.initModel('dynamic', 'net', { config: F(() => ({ ...net }))() }), 'model-class-missing'],
    [
      'no class, as the description shows',
      data.p.setConfig({ net }).initModel('static', 'net', { config: C('net') }),
      'model-class-missing',
    ],
    [
      'two classes',
      data.p.initModel('dynamic', ResNet, 'net', { config: F(() => ({ model: 'ResNet18' }))() as any }),
      'model-classes-differ',
    ],
    ['two things', data.p.initModel('dynamic', line, 'net', { config: { model: ResNet } }), 'model-classes-differ'],
    ['a misspelt class', data.p.initModel('dynamic', 'net', { config: { model: 'ResNt' } }), 'unknown-name'],
  ] as const) {
    it(`is refused with ${what}`, async () => {
      const error = await errorOf(() => pipeline.run(4, { iterations: 1 }))
      expect(error.code).to.equal(code)
      expect(error.location).to.include({ pipeline: 'pipeline' })
    })
  }

  it('is refused by another class of the zoo', () => {
    const [problem] = ResNet.checkConfig({ model: 'ResNet18', ...net }).errors
    expect(problem).to.deep.include({ path: ['model'], what: 'this is a config of ResNet18, not of ResNet' })
    expect(ResNet.describe({ model: 'ResNet', ...net }).config).not.to.have.property('model')
  })

  it('is built again from a saved state', async () => {
    const folder = temporaryFolder()
    for (const config of [{ model: 'ResNet', ...net }, own]) {
      const make = () =>
        data.p
          .setConfig({ net: config })
          .initModel('dynamic', 'net', { config: C('net') })
          .trainModel('net', { feed })
      const [first, second] = [make(), make()]
      await first.nextBatch(4)
      await first.saveState(folder.in('state'))
      await second.restoreState(folder.in('state'))
      expect((second.m('net') as TfModel).step).to.equal(1)
      for (const each of [first, second]) each.dispose()
    }
    folder.remove()
  })
})
