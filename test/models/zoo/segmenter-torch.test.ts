/** Blocks of segmenters in PyTorch: `fixtures/torch_segmenters.py` wrote what is compared here. */

import { EncoderDecoder, type TfModel } from '../../../src/models.js'
import { NdArray } from '../../../src/util/nd-array.js'
import { type Batch, expectParity, formula, readFixture, writeWeights } from '../torch-parity.js'

const { setting, references } = readFixture('torch_segmenters')
const { batch, size, even, channels, wide, filters, learningRate } = setting

/** Nothing around the part that is compared: blocks without layers, a head without layers. */
const bare = {
  'common/conv/use_bias': false,
  'common/batch_norm/epsilon': 1e-5,
  'encoder/block/layout': '',
  'head/layout': null,
  loss: 'mse',
}
const aspp = { ...bare, 'encoder/num_blocks': [1], 'encoder/filters': [channels], 'encoder/downsample': null, decoder: null }
const step = { ...bare, 'encoder/num_blocks': [1, 1], 'encoder/filters': [1, 1], 'encoder/downsample/place': 'between' }
const scse = { type: 'scse', ratio: 2 }

const networks = {
  aspp: { size, channels, outputs: filters, config: { ...aspp, embedding: { type: 'aspp', rates: [1, 2], filters } } },
  separableAspp: {
    size,
    channels,
    outputs: filters,
    config: { ...aspp, embedding: { type: 'aspp', rates: [1, 2], filters, separable: true } },
  },
  unetStep: {
    size: even,
    channels,
    outputs: filters,
    config: {
      ...step,
      decoder: {
        filters: [filters],
        'upsample/layout': 'N',
        combine: { attention: scse },
        block: { layout: 'cna cna', attention: scse },
      },
    },
  },
  linkNetStep: {
    size: even,
    channels: wide,
    outputs: wide,
    config: {
      ...step,
      decoder: {
        filters: [wide],
        order: ['upsampling', 'combine'],
        upsample: { layout: 'cna tna cna', kernel_size: [1, 4, 1], reduction: 0.25 },
        'combine/op': 'sum',
      },
    },
  },
}

type Name = keyof typeof networks

async function build(name: Name): Promise<TfModel> {
  const { size, channels, outputs, config } = networks[name]
  const inputs = { images: { shape: [...size, channels] }, labels: { shape: [...size, outputs], name: 'targets' } }
  const optimizer = { name: 'SGD', learningRate } as const
  const model = await EncoderDecoder.build({ inputs, engine: 'graph', optimizer, ...config }, { name, seed: 1 })
  writeWeights(model)
  return model
}

/** The script's images; outputs are compared with zeros. */
function batchFor(name: Name): Batch {
  const { size, channels, outputs } = networks[name]
  const [images, labels] = [channels, outputs].map(last => [batch, ...size, last] as number[])
  const elements = labels!.reduce((product, n) => product * n, 1)
  return {
    images: new NdArray(formula('images', images!), images!),
    labels: new NdArray(new Float32Array(elements), labels!),
  }
}

describe('parts of segmenters against PyTorch on the same weights', () => {
  for (const name of Object.keys(networks) as Name[]) {
    it(`${name}: forward pass, loss, gradients and one step are equal to 1e-4`, async () => {
      const model = await build(name)
      await expectParity(model, references[name]!, batchFor(name))
      model.dispose()
    })
  }
})
