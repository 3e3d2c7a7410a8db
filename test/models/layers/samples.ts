/** A layer of each kind, with the shapes that it takes. */
import type { Shape } from '../../../src/models/plan/layer-rules.js'
import type { LayerSpec, SpecOf } from '../../../src/models/plan/layer-spec.js'

export interface Sample {
  readonly spec: Exclude<LayerSpec, { type: 'input' }>
  readonly inputs: readonly Shape[]
  /** True if plain TensorFlow.js has no such layer. */
  readonly isOwn?: boolean
}

const glorot = { type: 'glorot_uniform' } as const
const window = (axes: number, size = 3, stride = 1, dilation = 1) => ({
  kernelSize: Array<number>(axes).fill(size),
  strides: Array<number>(axes).fill(stride),
  dilationRate: Array<number>(axes).fill(dilation),
  padding: 'same' as const,
  useBias: true,
  initializer: glorot,
})
const conv = (axes: number, more: Partial<SpecOf<'conv'>> = {}): SpecOf<'conv'> => ({
  type: 'conv',
  filters: 6,
  groups: 1,
  ...window(axes),
  ...more,
})
const depthwise = (axes: number, more: Partial<SpecOf<'depthwise'>> = {}): SpecOf<'depthwise'> => ({
  type: 'depthwise',
  depthMultiplier: 2,
  ...window(axes),
  ...more,
})
const transposed = (axes: number, more: Partial<SpecOf<'transposed'>> = {}): SpecOf<'transposed'> => {
  const { dilationRate: _, ...rest } = window(axes, 4, 2)
  return { type: 'transposed', filters: 5, ...rest, ...more }
}
const images: Shape = [6, 5, 4]
const line: Shape = [6, 4]
const volume: Shape = [4, 3, 2, 4]
const one = (spec: Sample['spec'], input: Shape, isOwn = false): Sample => ({ spec, inputs: [input], isOwn })

export const samples: Readonly<Record<string, Sample>> = {
  'a convolution': one(conv(2, { initializer: { type: 'he_normal' } }), images),
  'a dilated convolution': one(conv(2, { ...window(2, 3, 1, 2) }), images),
  'a dilated convolution without padding': one(conv(2, { ...window(2, 3, 1, 2), padding: 'valid' }), images),
  'a dilated convolution with a stride': one(conv(2, window(2, 3, 2, 2)), images, true),
  'a dilated convolution of lines': one(conv(1, { ...window(1, 3, 1, 2) }), line),
  'a grouped convolution': one(conv(2, { groups: 2 }), images, true),
  'a grouped, dilated convolution with a stride': one(conv(2, { ...window(2, 3, 2, 2), groups: 2, useBias: false }), images, true),
  'a grouped convolution of lines': one(conv(1, { groups: 2 }), line, true),
  'a convolution of volumes': one(conv(3, { initializer: { type: 'truncated_normal', stddev: 0.1 } }), volume),
  'a depthwise convolution': one(depthwise(2, { initializer: { type: 'he_uniform' } }), images),
  'a depthwise convolution with a stride': one(depthwise(2, { ...window(2, 3, 2), depthMultiplier: 1, useBias: false }), images),
  'a dilated depthwise convolution': one(depthwise(2, { ...window(2, 3, 1, 2) }), images, true),
  'a dilated depthwise convolution without padding': one(depthwise(2, { ...window(2, 3, 1, 2), padding: 'valid' }), images, true),
  'a depthwise convolution of lines': one(depthwise(1, { ...window(1, 3, 2) }), line, true),
  'a dilated depthwise convolution of lines': one(depthwise(1, { ...window(1, 3, 1, 2) }), line, true),
  'a transposed convolution': one(transposed(2), images),
  'a transposed convolution without padding': one(transposed(2, { padding: 'valid', useBias: false }), images),
  'a transposed convolution of lines': one(transposed(1), line, true),
  'batch normalisation': one({ type: 'norm', momentum: 0.9, epsilon: 1e-3 }, images),
  'layer normalisation': one({ type: 'layerNorm', epsilon: 1e-6 }, images),
  'layer normalisation of tokens': one({ type: 'layerNorm', epsilon: 1e-6 }, line),
  'group normalisation': one({ type: 'groupNorm', groups: 2, epsilon: 1e-5 }, images, true),
  'instance normalisation': one({ type: 'groupNorm', groups: 4, epsilon: 1e-5 }, images, true),
  'group normalisation of channels alone': one({ type: 'groupNorm', groups: 2, epsilon: 1e-5 }, [8], true),
  gelu: one({ type: 'activation', activation: 'gelu' }, images),
  silu: one({ type: 'activation', activation: 'silu' }, images),
  'a leaky relu': one({ type: 'activation', activation: 'leaky_relu' }, images),
  'a hard sigmoid': one({ type: 'activation', activation: 'h_sigmoid' }, images, true),
  'a hard swish': one({ type: 'activation', activation: 'h_swish' }, images, true),
  'a parametric relu': one({ type: 'prelu' }, images),
  'a parametric relu of channels alone': one({ type: 'prelu' }, [4]),
  'max pooling': one({ type: 'pool', op: 'max', poolSize: [3, 3], strides: [2, 2], padding: 'same' }, images),
  'mean pooling': one({ type: 'pool', op: 'mean', poolSize: [2, 2], strides: [2, 2], padding: 'valid' }, images),
  'adaptive pooling': one({ type: 'adaptivePool', size: [4, 3] }, images, true),
  'adaptive pooling of whole windows': one({ type: 'adaptivePool', size: [3, 5] }, images),
  'adaptive pooling of lines': one({ type: 'adaptivePool', size: [4] }, line, true),
  'the global maximum': one({ type: 'globalPool', op: 'max' }, images),
  'the global mean': one({ type: 'globalPool', op: 'mean' }, images),
  'the maximum of channels': one({ type: 'channelPool', op: 'max' }, images, true),
  'the mean of channels': one({ type: 'channelPool', op: 'mean' }, images, true),
  'a convolution along channels': one({ type: 'channelConv', kernelSize: 3 }, [8], true),
  flatten: one({ type: 'flatten' }, images),
  'a dense layer': one({ type: 'dense', units: 3, useBias: true, initializer: glorot }, [8]),
  'a dense layer over positions': one(
    { type: 'dense', units: 3, useBias: true, initializer: { type: 'truncated_normal', stddev: 0.02 } },
    images,
  ),
  dropout: one({ type: 'dropout', rate: 0.5 }, images),
  'drop path per item': one({ type: 'dropPath', rate: 0.5, mode: 'row', scale: 'training' }, images, true),
  'drop path per batch': one({ type: 'dropPath', rate: 0.5, mode: 'batch', scale: 'inference' }, images, true),
  'layer scale': one({ type: 'layerScale', initial: 0.1, shared: false }, images, true),
  'one shared scale': one({ type: 'layerScale', initial: 0.5, shared: true }, images, true),
  'a constant factor': one({ type: 'scaleBy', factor: 0.2 }, images, true),
  'tokens with a class token and positions': one({ type: 'tokens', classToken: true, position: 'learned' }, images, true),
  'tokens alone': one({ type: 'tokens', classToken: false, position: 'none' }, images, true),
  'one token': one({ type: 'token', index: 0 }, line, true),
  'attention between tokens': one({ type: 'attention', heads: 2, position: 'none' }, [5, 12], true),
  'attention between pixels with relative positions': one({ type: 'attention', heads: 2, position: 'relative' }, [3, 4, 12], true),
  'attention of volumes with relative positions': one({ type: 'attention', heads: 1, position: 'relative' }, [2, 3, 2, 6], true),
  'attention without a softmax': {
    spec: { type: 'linearAttention' },
    inputs: [
      [3, 4, 2],
      [3, 4, 2],
      [3, 4, 5],
    ],
    isOwn: true,
  },
  'padding of images': one(
    {
      type: 'pad',
      padding: [
        [1, 2],
        [0, 3],
      ],
    },
    images,
  ),
  'padding of lines': one({ type: 'pad', padding: [[1, 2]] }, line, true),
  'padding of volumes': one(
    {
      type: 'pad',
      padding: [
        [1, 2],
        [0, 1],
        [1, 0],
      ],
    },
    volume,
    true,
  ),
  'more channels of zeros': one({ type: 'padChannels', channels: 7 }, images, true),
  'a crop of images': one({ type: 'crop', size: [5, 4] }, images),
  'a crop of lines': one({ type: 'crop', size: [5] }, line, true),
  'bilinear upsampling': one({ type: 'upsample', op: 'bilinear', size: [12, 10] }, images, true),
  'bilinear upsampling by no whole factor': one({ type: 'upsample', op: 'bilinear', size: [9, 7] }, images, true),
  'bilinear upsampling of lines': one({ type: 'upsample', op: 'bilinear', size: [13] }, line, true),
  'nearest upsampling': one({ type: 'upsample', op: 'nearest', size: [12, 15] }, images),
  'nearest upsampling by no whole factor': one({ type: 'upsample', op: 'nearest', size: [9, 7] }, images, true),
  'channels as positions': one({ type: 'depthToSpace', factor: 2 }, [3, 4, 8], true),
  'channels as positions of a line': one({ type: 'depthToSpace', factor: 2 }, [3, 4], true),
  'a gaussian sample': { spec: { type: 'gaussian' }, inputs: [[5], [5]], isOwn: true },
  'a sum': { spec: { type: 'add' }, inputs: [images, images] },
  'a concatenation': { spec: { type: 'concat' }, inputs: [images, [6, 5, 3]] },
  'another shape': one({ type: 'reshape', shape: [1, 1, 4] }, [4]),
  'a product with gates': { spec: { type: 'multiply' }, inputs: [images, [1, 1, 4]] },
}
