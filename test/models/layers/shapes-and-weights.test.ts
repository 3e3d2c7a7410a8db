/** What the rules say of a layer is what the layer has. */
import { expect } from 'chai'
import { loadTensorflow } from '../../../src/graph/tensorflow.js'
import { inferShape, inferWeights } from '../../../src/models/plan/layer-rules.js'
import { buildLayer } from './build.js'
import { samples } from './rows.js'

describe('shapes and weights of layers', () => {
  for (const [name, { spec, inputs }] of Object.entries(samples)) {
    it(`${name}: as the rules say`, async () => {
      const tf = await loadTensorflow()
      const { model, layer } = await buildLayer(tf, spec, inputs)
      expect(model.outputs[0]!.shape.slice(1)).to.deep.equal(inferShape(spec, inputs))
      const weights = layer.weights.map(weight => ({
        name: weight.originalName.split('/').at(-1),
        shape: weight.shape,
        trainable: layer.trainableWeights.includes(weight),
      }))
      expect(weights).to.deep.equal(inferWeights(spec, inputs))
      const values = model.predict(inputs.map(shape => tf.zeros([2, ...shape]))) as import('../../../src/models/tf-types.js').Tensor
      expect(values.shape).to.deep.equal([2, ...inferShape(spec, inputs)])
      tf.dispose(values)
    })
  }
})
