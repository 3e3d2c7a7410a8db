/** The contract of every row of the zoo: described, counted, built, trained, compiled, saved and exported as each other one. */
import { expect } from 'chai'
import * as entry from '../../../src/models.js'
import { type EngineName, loadModel, models, type TfModel, type ZooName } from '../../../src/models.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { expectSame, type Named, seeCompiled } from '../../graph/parity/compare.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { batchOf, needed, reduced, zooNames } from './facts.js'

/** A reduced network has no more trained parameters. */
const MAX_PARAMETERS = 200_000
/** Without kinks, for a rounding more or less decides on the gradient of a relu; Adam with an epsilon that no rounding reaches. */
const smooth = { 'common/activation': 'tanh', optimizer: ['Adam', { epsilon: 1e-3, learningRate: 1e-4 }] }
const configOf = (name: ZooName, engine: EngineName) => reduced(name, { ...smooth, engine })
const build = (name: ZooName, engine: EngineName) => models[name].build(configOf(name, engine), { name: 'net', seed: 3 })

/** Rows that are the same network when they are reduced: one of them is trained. */
const networks = new Map<string, ZooName[]>()
for (const name of zooNames) {
  const network = JSON.stringify(models[name].describe(configOf(name, 'graph')).layers)
  networks.set(network, [...(networks.get(network) ?? []), name])
}

/** The loss of three steps, everything that can be fetched, and the weights in the end. */
async function train(name: ZooName, model: TfModel): Promise<Named[]> {
  const names = model.fetchNames
  const found: Named[] = []
  const note = (when: string, values: readonly unknown[]) =>
    found.push(
      ...values.map((value, i) => ({ name: `${when}: ${names[i]}`, values: value instanceof NdArray ? value.data : [value as number] })),
    )
  for (let step = 1; step <= 3; step++) note(`step ${step}`, await model.train(batchOf(name, 6, step), names))
  note('prediction', await model.predict(batchOf(name, 6, 7), names))
  found.push(...model.layersModel.weights.map((weight, i) => ({ name: `weight ${i}`, values: weight.read().dataSync() })))
  return found
}

describe('the contract of the zoo', () => {
  for (const name of zooNames) {
    describe(name, () => {
      it('is exported by its name', () => {
        expect((entry as Readonly<Record<string, unknown>>)[name]).to.equal(models[name])
        expect(models[name].name).to.equal(name)
        expect(models[name].summary).not.to.equal('')
      })

      it('describes itself in plain data, the same again from the complete config', () => {
        const { config, fetchNames, summary, countByPart, countParameters } = models[name].describe(needed(name))
        expect(JSON.parse(JSON.stringify(config))).to.deep.equal(config)
        expect(models[name].describe(config).summary()).to.equal(summary())
        expect(models[name].describe(config).config).to.deep.equal(config)
        expect(new Set(fetchNames).size).to.equal(fetchNames.length)
        expect(fetchNames).to.include.members(['loss', 'predictions'])
        expect(countByPart().reduce((sum, part) => sum + part.parameters, 0)).to.equal(countParameters())
      })
    })
  }

  const folder = temporaryFolder()
  after(() => folder.remove())

  for (const names of networks.values()) {
    const [name] = names as [ZooName]
    describe(`small networks of ${names.join(', ')}`, () => {
      let model: TfModel
      before(async () => {
        model = await build(name, 'eager')
      })
      after(() => model?.dispose())

      it('are built as described: parameters, paths, shapes, names to fetch', () => {
        const described = models[name].describe(configOf(name, 'eager'))
        const sizes = model.layersModel.trainableWeights.map(weight => (weight.shape as number[]).reduce((size, n) => size * n, 1))
        const count = sizes.reduce((sum, size) => sum + size, 0)
        expect(count).to.equal(described.countParameters()).and.to.equal(model.parameterCount)
        expect(count, 'the config that reduces its family').to.be.below(MAX_PARAMETERS)
        const shapes = model.layers.map(layer => [layer.name, (layer.outputShape as number[]).slice(1)] as const)
        // tfjs orders layers by depth, the description as they are computed.
        expect(new Map(shapes)).to.deep.equal(new Map(described.layers.map(({ path, shape }) => [path, shape])))
        expect(model.fetchNames).to.deep.equal(described.fetchNames)
      })

      it('train compiled as they do operation by operation, and everything can be fetched', async () => {
        const wanted = await train(name, model)
        const compiledModel = await build(name, 'graph')
        const { result, compiled } = await seeCompiled(() => train(name, compiledModel))
        compiledModel.dispose()
        expect(compiled).to.deep.equal(['net, training', 'net, prediction'])
        expectSame(result, wanted)
        expect(model.step).to.equal(3)
      })

      it('predict the same after they were saved and loaded', async () => {
        await model.save(folder.in(name))
        const loaded = await loadModel(folder.in(name), { name: 'net' })
        const { images } = batchOf(name, 6, 8)
        expect(loaded.origin).to.deep.equal(model.origin)
        expect(await loaded.predict({ images })).to.deep.equal(await model.predict({ images }))
        loaded.dispose()
      })
    })
  }
})
