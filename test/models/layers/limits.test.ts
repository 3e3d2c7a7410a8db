/** What layers cannot take is an error with its place, before anything is built. */
import { expect } from 'chai'
import type { LayerSpec } from '../../../src/models/plan/layer-spec.js'
import { PlanBuilder } from '../../../src/models/plan/plan.js'
import { errorOf } from '../small.js'

const window = (axes: number) => ({
  kernelSize: Array<number>(axes).fill(3),
  strides: Array<number>(axes).fill(1),
  dilationRate: Array<number>(axes).fill(1),
  padding: 'same' as const,
  useBias: false,
  initializer: { type: 'glorot_uniform' } as const,
})
const volume = [4, 4, 4, 8]
const images = [4, 6, 8]

const refused: readonly (readonly [LayerSpec, readonly number[], string])[] = [
  [{ type: 'conv', filters: 8, groups: 2, ...window(3) }, volume, 'convolution with groups or dilation cannot take the shape [4, 4, 4, 8]'],
  [{ type: 'conv', filters: 8, groups: 1, ...window(3), dilationRate: [2, 2, 2] }, volume, '1 to 2 axes, then the channels'],
  [{ type: 'conv', filters: 8, groups: 1, ...window(4) }, [2, 2, 2, 2, 8], 'this convolution cannot take the shape [2, 2, 2, 2, 8]'],
  [{ type: 'conv', filters: 8, groups: 3, ...window(2) }, images, '8 channels cannot be divided into 3 groups'],
  [{ type: 'conv', filters: 6, groups: 4, ...window(2) }, images, '6 filters cannot be divided into 4 groups'],
  [{ type: 'depthwise', depthMultiplier: 1, ...window(3) }, volume, 'depthwise convolution cannot take the shape [4, 4, 4, 8]'],
  [{ type: 'depthwise', depthMultiplier: 1, ...window(2), strides: [1, 2] }, images, 'the same along all axes, not 1 and 2'],
  [{ type: 'transposed', filters: 8, ...window(3) }, volume, 'transposed convolution cannot take'],
  [{ type: 'groupNorm', groups: 3, epsilon: 1e-5 }, images, '8 channels cannot be divided into 3 groups'],
  [{ type: 'globalPool', op: 'mean' }, volume, 'global pooling cannot take'],
  [{ type: 'channelConv', kernelSize: 3 }, images, 'channels alone'],
  [{ type: 'token', index: 0 }, images, '1 axis, then the channels'],
  [{ type: 'token', index: 4 }, [4, 8], 'token 4 of 4'],
  [{ type: 'tokens', classToken: true, position: 'none' }, [8], 'at least 1 axis, then the channels'],
  [
    { type: 'attention', heads: 2, position: 'none' },
    images,
    '8 channels cannot be divided into 6 parts: queries, keys and values of 2 heads',
  ],
  [{ type: 'upsample', op: 'nearest', size: [8, 8, 8] }, volume, 'upsampling cannot take'],
  [{ type: 'depthToSpace', factor: 3 }, images, '8 channels cannot be divided into 9 new positions'],
  [{ type: 'crop', size: [5, 5] }, images, 'a crop to [5, 5] of the smaller [4, 6, 8]'],
  [{ type: 'padChannels', channels: 4 }, images, '8 channels cannot be padded to 4'],
]

describe('layers that do not fit their input', () => {
  for (const [spec, shape, words] of refused) {
    it(`${spec.type} on [${shape.join(', ')}]: ${words}`, async () => {
      const plan = new PlanBuilder()
      const error = await errorOf(async () => plan.layer('body/it', 'other', spec, plan.input('x', shape)))
      expect(error.code).to.equal('model-config')
      expect(error.message).to.contain('body/it').and.to.contain(words)
    })
  }
})
