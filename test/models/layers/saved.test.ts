/** Layers in saved models: tfjs itself loads them, or names what it lacks. */
import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import type { LayersModel, Tensor, Tf } from '../../../src/models/tf-types.js'
import { registerLayers } from '../../../src/models.js'
import { buildLayer, fillWeights, inputsOf } from './build.js'
import { samples } from './samples.js'

type Classes = Record<string, unknown>

/** As in a process that has not registered any layers. */
async function inPlainTfjs<T>(tf: Tf, work: () => Promise<T>): Promise<T> {
  const { classNameMap } = tf.serialization.SerializationMap.getMap() as unknown as { classNameMap: Classes }
  const own = Object.entries(classNameMap).filter(([name]) => ownNames.has(name))
  for (const [name] of own) delete classNameMap[name]
  try {
    return await work()
  } finally {
    Object.assign(classNameMap, Object.fromEntries(own))
  }
}

const ownNames = new Set<string>()

describe('layers in saved models', () => {
  before(async () => {
    const tf = await loadTensorflow()
    const known = () => Object.keys((tf.serialization.SerializationMap.getMap() as unknown as { classNameMap: Classes }).classNameMap)
    for (const sample of Object.values(samples)) {
      if (!sample.isOwn) continue
      const { model, layer } = buildLayer(tf, sample)
      expect(known()).to.include(layer.getClassName())
      ownNames.add(layer.getClassName())
      model.dispose()
    }
  })

  for (const [name, sample] of Object.entries(samples)) {
    it(`${name}: ${sample.isOwn ? 'loaded where layers are registered, refused by name elsewhere' : 'loaded by plain tfjs'}`, async () => {
      const tf = await loadTensorflow()
      registerLayers(tf)
      const built = buildLayer(tf, sample)
      fillWeights(built, name)
      const saved = await save(tf, built.model)
      const load = () => tf.loadLayersModel(tf.io.fromMemory(saved))
      const inputs = inputsOf(tf, name, sample.inputs)
      const predict = (model: LayersModel) => {
        const values = model.predict(inputs) as Tensor
        const numbers = Array.from(values.dataSync())
        values.dispose()
        return numbers
      }
      const wanted = predict(built.model)
      if (sample.isOwn) {
        const error = await inPlainTfjs(tf, load).then(
          () => undefined,
          (error: Error) => error,
        )
        expect(error?.message).to.contain(`Unknown layer: ${built.layer.getClassName()}`)
        const again = await load()
        expect(predict(again)).to.deep.equal(wanted)
        again.dispose()
      } else {
        const plain = await inPlainTfjs(tf, load)
        for (const [i, value] of predict(plain).entries()) expect(value).to.be.closeTo(wanted[i]!, 1e-5)
        plain.dispose()
      }
      built.model.dispose()
      tf.dispose(inputs)
    })
  }
})

async function save(tf: Tf, model: LayersModel): Promise<{ modelTopology: object; weightSpecs: never[]; weightData: ArrayBuffer }> {
  let saved: unknown
  await model.save(
    tf.io.withSaveHandler(async artifacts => {
      // As text, like a file.
      saved = { ...artifacts, modelTopology: JSON.parse(JSON.stringify(artifacts.modelTopology)) }
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    }),
  )
  return saved as never
}
