/** What the rules say of a layer is what the layer has. */
import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import { layerTypes } from '../../../src/models/plan/layer-limits.js'
import { inferShape, inferWeights } from '../../../src/models/plan/layer-rules.js'
import type { Tensor } from '../../../src/models/tf-types.js'
import { buildLayer, inputsOf, weightName } from './build.js'
import { samples } from './samples.js'

describe('shapes and weights of layers', () => {
  it('are compared for every type of layer', () => {
    const types = new Set<string>(Object.values(samples).map(({ spec }) => spec.type))
    expect(layerTypes.filter(type => type !== 'input' && !types.has(type))).to.deep.equal([])
  })

  for (const [name, sample] of Object.entries(samples)) {
    it(`${name}: as the rules say`, async () => {
      const { spec, inputs } = sample
      const tf = await loadTensorflow()
      const { model, layer } = buildLayer(tf, sample)
      const shape = inferShape(spec, inputs)
      expect(model.outputs[0]!.shape.slice(1)).to.deep.equal(shape)
      const trained = new Set(layer.trainableWeights)
      const weights = layer.weights.map(weight => ({ name: weightName(weight), shape: weight.shape, trainable: trained.has(weight) }))
      expect(weights).to.deep.equal(inferWeights(spec, inputs))
      tf.tidy(() => {
        expect((model.predict(inputsOf(tf, name, inputs)) as Tensor).shape).to.deep.equal([2, ...shape])
      })
      model.dispose()
    })
  }
})
