/** Segmenters as they are described, without TensorFlow. */
import { expect } from 'chai'
import { models, type ZooName } from '../../../src/models.js'
import { segmenterCounts } from './segmenter-counts.js'

const classes = 21
const inputs = (height: number, width: number, outputs = classes) => ({
  images: { shape: [height, width, 3] },
  masks: { shape: [height, width, outputs], name: 'targets' },
})
const describeRow = (row: ZooName, config: object = {}, [height, width] = [224, 224]) =>
  models[row].describe({ inputs: inputs(height!, width!), ...config })

describe('segmenters', () => {
  for (const { row, config = {}, parameters } of segmenterCounts) {
    it(`${row} ${JSON.stringify(config)} has the published number of parameters`, () => {
      expect(describeRow(row, config).countParameters()).to.equal(parameters)
    })
  }
})
