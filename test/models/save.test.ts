import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { setLearningRate } from '../../src/models/optimizers.js'
import { loadModel, optimizerNames, ResNet, type TfModel, toModelClass } from '../../src/models.js'
import { NdArray } from '../../src/util/nd-array.js'
import { killedAt } from '../support/killed-at.js'
import { sparseFile, strangeFiles } from '../support/strange-files.js'
import { batch, errorOf, tiny, vector } from './small.js'

describe('a saved model', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millrace-model-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const train = async (model: TfModel, steps: number) => {
    const found: number[] = []
    for (let i = 0; i < steps; i++) found.push((await model.train(batch(6, i), ['loss']))[0] as number)
    return found
  }

  for (const optimizer of optimizerNames) {
    it(`goes on with the same bits, with ${optimizer} and dropout`, async () => {
      const net = optimizer === 'Adam' ? { ...tiny, 'body/block/se_block': { ratio: 4 } } : vector
      const config = { ...net, optimizer, 'head/dropout_rate': 0.3 }
      const model = await ResNet.build(config, { name: 'net', seed: 3 })
      await train(model, 3)
      await model.save(join(folder, 'net'))
      const expected = await train(model, 3)
      const loaded = await loadModel(join(folder, 'net'), { name: 'again' })
      expect(loaded.name).to.equal('again')
      expect(loaded.step).to.equal(3)
      expect(await train(loaded, 3)).to.deep.equal(expected)
      model.dispose()
      loaded.dispose()
    })
  }

  it('keeps the state of each variable where a layer was frozen at first', async () => {
    const model = await ResNet.build(tiny, { name: 'net', seed: 3 })
    model.layersModel.getLayer('body/group-0/block-0/conv').trainable = false
    await train(model, 2)
    for (const layer of model.layers) layer.trainable = true
    await train(model, 2)
    await model.save(join(folder, 'net'))
    const expected = await train(model, 3)
    const loaded = await loadModel(join(folder, 'net'))
    expect(await train(loaded, 3)).to.deep.equal(expected)
    model.dispose()
    loaded.dispose()
  })

  for (const steps of [0, 2]) {
    it(`is taken back into a model that has gone on, after ${steps} steps`, async () => {
      const model = await ResNet.build({ ...tiny, optimizer: 'Adagrad', 'head/dropout_rate': 0.3 }, { name: 'net', seed: 3 })
      const frozen = model.layersModel.getLayer('body/group-0/block-0/conv')
      frozen.trainable = false
      await train(model, steps)
      setLearningRate(model.network.optimizer, 0.02)
      await model.save(join(folder, 'net'))
      frozen.trainable = true
      const went = await train(model, 3)
      setLearningRate(model.network.optimizer, 0.5)
      for (let again = 0; again < 2; again++) {
        await model.restore(join(folder, 'net'))
        expect([model.step, frozen.trainable]).to.deep.equal([steps, false])
        frozen.trainable = true
        expect(await train(model, 3)).to.deep.equal(went)
      }
      model.dispose()
    })
  }

  it('is not taken back into a model of other layers or another optimizer', async () => {
    const model = await ResNet.build(tiny, { name: 'net', seed: 3 })
    await model.save(join(folder, 'net'))
    const others = { 'body/filters': { 'body/filters': [6] }, optimizer: { optimizer: 'SGD' }, blocks: { 'body/num_blocks': [2] } }
    for (const [what, config] of Object.entries(others)) {
      const other = await ResNet.build({ ...tiny, ...config }, { name: 'other', seed: 3 })
      expect((await errorOf(() => other.restore(join(folder, 'net')))).code, what).to.equal('model-load')
      other.dispose()
    }
    model.dispose()
  })

  it('goes on from a state saved without the places of its slots', async () => {
    const model = await ResNet.build(tiny, { name: 'net', seed: 3 })
    await train(model, 2)
    await model.save(join(folder, 'net'))
    const path = join(folder, 'net', 'millrace.json')
    const manifest = JSON.parse(await readFile(path, 'utf8'))
    delete manifest.optimizer.slots
    await writeFile(path, JSON.stringify(manifest))
    const loaded = await loadModel(join(folder, 'net'))
    expect(await train(loaded, 2)).to.deep.equal(await train(model, 2))
    model.dispose()
    loaded.dispose()
  })

  it('is read by plain tfjs and predicts the same', async () => {
    const model = await ResNet.build({ ...tiny, 'body/block/se_block': true, 'head/dropout_rate': 0.3 }, { name: 'net', seed: 3 })
    await train(model, 2)
    await model.save(folder)
    expect((await readdir(folder)).sort()).to.deep.equal(['millrace.json', 'model.json', 'optimizer.bin', 'weights.bin'])
    const { tf } = model.network
    const plain = await tf.loadLayersModel(`file://${join(folder, 'model.json')}`)
    expect(plain.layers.map(layer => layer.getClassName())).to.include.members(['BatchNormalization', 'Dropout'])
    const { images } = batch()
    const [ours] = (await model.predict({ images })) as [NdArray]
    const theirs = tf.tidy(() => ({
      values: [...(plain.predict(tf.tensor(images.data as Float32Array, [...images.shape] as never)) as any).dataSync()],
    }))
    // To rounding: the graph engine folds normalisation into the convolutions.
    for (const [i, value] of theirs.values.entries()) expect(ours.data[i]).to.be.closeTo(value, 1e-6)
    plain.dispose()
    model.dispose()
  })

  it('takes the place of an older one, complete', async () => {
    const model = await ResNet.build(tiny, { name: 'net', seed: 3 })
    await model.save(folder)
    await train(model, 1)
    await model.save(folder)
    expect(JSON.parse(await readFile(join(folder, 'millrace.json'), 'utf8')).step).to.equal(1)
    expect(await readdir(join(folder, '..')).then(names => names.filter(name => name.includes('.partial-')))).to.deep.equal([])
    model.dispose()
  })

  it('is not written over other files, nor where it cannot be', async () => {
    const model = await ResNet.build(tiny, { name: 'net', seed: 3 })
    await writeFile(join(folder, 'notes.txt'), 'mine')
    const foreign = await errorOf(() => model.save(folder))
    expect(foreign.code).to.equal('model-save')
    expect(foreign.message).to.contain('notes.txt')
    expect(await readdir(folder)).to.deep.equal(['notes.txt'])
    const impossible = await errorOf(() => model.save(join(folder, 'notes.txt', 'net')))
    expect(impossible.code).to.equal('model-save')
    expect(impossible.message).to.contain('a part of the path is a file')
    model.dispose()
  })

  it('says what is wrong with a folder that holds none', async () => {
    const nothing = await errorOf(() => loadModel(join(folder, 'nothing')))
    expect(nothing.code).to.equal('model-load')
    expect(nothing.message.match(/no model could be loaded/g)).to.have.length(1)
    const model = await ResNet.build(tiny, { name: 'net', seed: 3 })
    const saved = join(folder, 'net')
    await model.save(saved)
    model.dispose()
    await writeFile(join(saved, 'weights.bin'), new Uint8Array(10))
    expect((await errorOf(() => loadModel(saved))).code).to.equal('model-load')
    await writeFile(join(saved, 'millrace.json'), '{"format": "millrace-model", "version": 99}')
    expect((await errorOf(() => loadModel(saved))).message).to.contain('version 99')
    await writeFile(join(saved, 'millrace.json'), '{')
    expect((await errorOf(() => loadModel(saved))).code).to.equal('model-load')
  })

  it('is the old or the new one after a kill at any step of saving over it', async () => {
    const model = await ResNet.build(vector, { name: 'net', seed: 3 })
    const best = join(folder, 'best')
    const found = new Set<number>()
    for (let step = 0, ended = false; !ended; step++) {
      await model.save(best)
      const before = model.step
      await train(model, 1)
      ended = await killedAt(step, () => model.save(best))
      const loaded = await loadModel(best)
      found.add(loaded.step - before)
      loaded.dispose()
    }
    expect([...found]).to.deep.equal([0, 1])
    await model.save(best)
    expect(await readdir(folder)).to.deep.equal(['best'])
    model.dispose()
  })

  it('with anything but a file of the size it says is an error, at once', async () => {
    const model = await ResNet.build(vector, { name: 'net', seed: 3 })
    const saved = join(folder, 'net')
    await model.save(saved)
    model.dispose()
    const large = { 'a file of 100 GB': (path: string) => sparseFile(path, 1e11) }
    for (const file of ['millrace.json', 'model.json', 'weights.bin', 'optimizer.bin']) {
      const path = join(saved, file)
      const content = await readFile(path)
      for (const [what, make] of Object.entries({ ...strangeFiles, ...(file.endsWith('.bin') ? large : {}) })) {
        await rm(path, { recursive: true })
        make(path)
        const { code, message } = await errorOf(() => loadModel(saved))
        expect(code, `${file}: ${what}`).to.equal('model-load')
        expect(message).to.contain(file)
      }
      await rm(path, { recursive: true })
      await writeFile(path, content)
    }
    ;(await loadModel(saved)).dispose()
  })

  it('may be one of the user’s own', async () => {
    const net = toModelClass((_: unknown, tf) =>
      tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [2], activation: 'relu' }), tf.layers.dense({ units: 3 })] }),
    )
    const model = await net.build({ loss: 'ce', optimizer: ['Momentum', { learning_rate: 0.1 }] }, { name: 'own', seed: 1 })
    const feed = { points: NdArray.from([[0, 1], [1, 0], [1, 1]]), labels: [0, 1, 2] } // biome-ignore format: a table
    await model.train(feed)
    await model.save(folder)
    const [expected] = await model.train(feed)
    const loaded = await loadModel(folder)
    expect((await loaded.train(feed))[0]).to.equal(expected)
    // Its layers have other names than those of the first.
    const built = await net.build({ loss: 'ce', optimizer: ['Momentum', { learning_rate: 0.1 }] }, { name: 'own', seed: 1 })
    await built.restore(folder)
    expect((await built.train(feed))[0]).to.equal(expected)
    for (const each of [model, loaded, built]) each.dispose()
  })
})
