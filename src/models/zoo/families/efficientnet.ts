import { classifier } from '../classifier.js'
import { defineFamily } from '../define-family.js'
import { likeTorchvision, normalised } from './fragments.js'

const scaled = (width: number, depth: number, dropout: number, size: number) => ({
  summary: `width × ${width}, depth × ${depth}`,
  defaults: { 'body/width_factor': width, 'body/depth_factor': depth, 'head/dropout_rate': dropout },
  published: { shape: [size, size, 3] },
})

/**
 * Inverted residual blocks with squeeze and excitation, scaled in width, depth and size together (Tan and Le 2019). BatchFlow:
 * `EfficientNetB0` …
 *
 * @example
 * EfficientNetB0.describe({ inputs: { images: { shape: [224, 224, 3] }, labels: { classes: 1000, name: 'targets' } } }).countParameters()
 */
export const {
  EfficientNetB0,
  EfficientNetB1,
  EfficientNetB2,
  EfficientNetB3,
  EfficientNetB4,
  EfficientNetB5,
  EfficientNetB6,
  EfficientNetB7,
} = defineFamily({
  name: 'EfficientNet',
  summary: 'inverted residual blocks scaled in width, depth and size together (Tan and Le 2019)',
  shape: classifier,
  defaults: {
    ...normalised,
    'common/activation': 'swish',
    'initial_block/layout': 'cna',
    'initial_block/filters': 32,
    'initial_block/kernel_size': 3,
    'initial_block/strides': 2,
    'body/block/type': 'mbconv',
    'body/block/attention': { type: 'se', ratio: 4, units_of: 'block', activation: ['swish', 'sigmoid'] },
    'body/num_blocks': [1, 2, 2, 3, 3, 4, 1],
    'body/filters': [16, 24, 40, 80, 112, 192, 320],
    'body/strides': [1, 2, 2, 2, 1, 2, 1],
    'body/by_group': [{ expansion: 1 }, {}, { kernel_size: 5 }, {}, { kernel_size: 5 }, { kernel_size: 5 }, {}],
    'body/drop_path': 0.2,
    'head/layout': 'cna V d f',
    'head/filters': 1280,
    'head/kernel_size': 1,
    loss: 'ce',
  },
  likes: { torchvision: likeTorchvision },
  widened: ['initial_block/filters', 'head/filters'],
  rows: {
    EfficientNetB0: scaled(1, 1, 0.2, 224),
    EfficientNetB1: scaled(1, 1.1, 0.2, 240),
    EfficientNetB2: scaled(1.1, 1.2, 0.3, 260),
    EfficientNetB3: scaled(1.2, 1.4, 0.3, 300),
    EfficientNetB4: scaled(1.4, 1.8, 0.4, 380),
    EfficientNetB5: scaled(1.6, 2.2, 0.4, 456),
    EfficientNetB6: scaled(1.8, 2.6, 0.5, 528),
    EfficientNetB7: scaled(2, 3.1, 0.5, 600),
  },
})
