import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { loadModel, ResNet, type TfModel } from '../../src/models.js'
import { batch, errorOf, small } from '../models/small.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const config = { ...small, 'body/num_blocks': [1], 'body/filters': [4], engine: 'eager' }

describe('a saved model is data with a version: its config as JSON and its weights, verified when loaded', () => {
  const folder = temporaryFolder()
  const saved = folder.in('net')
  let model: TfModel
  before(async () => {
    model = await ResNet.build(config, { name: 'net', seed: 1 })
    await model.train(batch())
  })
  beforeEach(() => model.save(saved))
  after(() => {
    model.dispose()
    folder.remove()
  })

  const manifest = async () => JSON.parse(await readFile(join(saved, 'millrace.json'), 'utf8'))
  const why = async () => {
    const error = await errorOf(() => loadModel(saved))
    expect(error.code).to.equal('model-load')
    expect(error.message).to.contain(saved)
    return error.message
  }

  it('the config is there, and builds the same network without the file', async () => {
    const written = await manifest()
    expect(written).to.include({ format: 'millrace-model', version: 1, className: 'ResNet', step: 1 })
    expect(ResNet.describe(written.config).summary()).to.equal(ResNet.describe(config).summary())
  })

  it('another version, another format, no text at all', async () => {
    const written = await manifest()
    const cases = [
      [{ ...written, version: 2 }, 'version 2'],
      [{ ...written, format: 'pickle' }, 'pickle'],
      [null, 'millrace-model version 1'],
      [{ ...written, className: 'Transformer' }, 'Transformer'],
    ] as const
    for (const [contents, part] of cases) {
      await writeFile(join(saved, 'millrace.json'), JSON.stringify(contents))
      expect(await why()).to.contain(part)
    }
    await writeFile(join(saved, 'millrace.json'), '{')
    expect(await why()).to.contain('millrace.json')
  })

  for (const file of ['weights.bin', 'optimizer.bin', 'model.json']) {
    it(`one changed bit in ${file}, or its end missing`, async () => {
      const bytes = await readFile(join(saved, file))
      bytes[bytes.length >> 1]! ^= 1
      await writeFile(join(saved, file), bytes)
      expect(await why()).to.contain(`${file}: it is not as it was written`)
      await writeFile(join(saved, file), bytes.subarray(0, bytes.length >> 1))
      expect(await why()).to.contain(file)
    })
  }

  it('a model that is given a damaged file stays as it is', async () => {
    const { images } = batch()
    const expected = await model.predict({ images })
    await writeFile(join(saved, 'optimizer.bin'), new Uint8Array(10))
    expect((await errorOf(() => model.restore(saved))).code).to.equal('model-load')
    expect(await model.predict({ images })).to.deep.equal(expected)
    expect(model.step).to.equal(1)
  })
})
