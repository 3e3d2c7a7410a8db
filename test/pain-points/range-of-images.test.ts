import { expect } from 'chai'
import { mnist, opensets } from '../../src/opensets.js'
import { read } from '../house/sources.js'

describe('the range of images is known: an open set states it, and scaling is asked for', () => {
  it('MNIST says its type and range where it is loaded, listed and in the schema', () => {
    expect(opensets.mnist.summary).to.contain('uint8 from 0 to 255, not scaled')
    expect(read('schema/millrace.schema.json')).to.contain(opensets.mnist.summary)
    expect(read('src/dataset/opensets/mnist.ts')).to.match(
      /uint8 \[n, 28, 28, 1\][^/]*0 … 255[^/]*not scaled[^/]*normalize\(\{ scale: 255 \}\)/,
    )
  })

  it('its images are what it says, and stay so until they are scaled', async () => {
    const data = await mnist()
    const raw = await data.test.nextBatch(50)
    expect([raw.images.dtype, Math.min(...raw.images.data), Math.max(...raw.images.data)]).to.deep.equal(['uint8', 0, 255])
    for await (const { images } of data.test.p.normalize({ scale: 255 }).genBatch(50, { iterations: 1 })) {
      expect([images.dtype, Math.min(...images.data), Math.max(...images.data)]).to.deep.equal(['float32', 0, 1])
    }
  })
})
