import { classifier } from '../classifier.js'
import { defineFamily } from '../define-family.js'
import { likeTorchvision, normalised } from './fragments.js'

const defaults = {
  ...normalised,
  'initial_block/layout': 'cna',
  'initial_block/filters': 32,
  'initial_block/kernel_size': 3,
  'initial_block/strides': 2,
  loss: 'ce',
}

/**
 * Depthwise and 1×1 convolutions in turn (Howard and others 2017). BatchFlow: `MobileNet`.
 *
 * @example
 * MobileNet.describe({
 *   inputs: { images: { shape: [224, 224, 3] }, labels: { classes: 10, name: 'targets' } },
 *   'body/width_factor': 0.5,
 * }).countParameters()
 */
export const { MobileNet } = defineFamily({
  name: 'MobileNet',
  summary: 'depthwise and 1×1 convolutions in turn (Howard and others 2017)',
  shape: classifier,
  defaults: {
    ...defaults,
    'body/block/type': 'plain',
    'body/block/layout': 'wna cna',
    'body/block/kernel_size': [3, 1],
    'body/num_blocks': [1, 2, 2, 6, 2],
    'body/filters': [64, 128, 256, 512, 1024],
    'body/strides': [1, 2, 2, 2, 2],
    'head/layout': 'Vdf',
  },
  rows: { MobileNet: { summary: 'the first version' } },
})

/** Inverted residual blocks (Sandler and others 2018). BatchFlow: `MobileNet_v2`. */
export const { MobileNetV2 } = defineFamily({
  name: 'MobileNetV2',
  summary: 'inverted residual blocks (Sandler and others 2018)',
  shape: classifier,
  defaults: {
    ...defaults,
    'common/activation': 'relu6',
    'body/block/type': 'mbconv',
    'body/num_blocks': [1, 2, 3, 4, 3, 3, 1],
    'body/filters': [16, 24, 32, 64, 96, 160, 320],
    'body/strides': [1, 2, 2, 2, 1, 2, 1],
    'body/by_group': [{ expansion: 1 }, {}, {}, {}, {}, {}, {}],
    'head/layout': 'cna V d f',
    'head/filters': 1280,
    'head/kernel_size': 1,
    'head/dropout_rate': 0.2,
  },
  likes: { torchvision: likeTorchvision },
  rows: { MobileNetV2: { summary: 'the second version' } },
})

const hidden = (kernel_size: number, attended: boolean, activation: string, ...widths: number[]) => ({
  kernel_size,
  activation,
  attention: attended ? { type: 'se', ratio: 4, units_of: 'hidden', divisor: 8, activation: ['relu', 'h_sigmoid'] } : null,
  by_block: widths.map(width => ({ hidden: width })),
})

/** Inverted residual blocks of searched widths, with squeeze and excitation (Howard and others 2019). BatchFlow: `MobileNet_v3`. */
export const { MobileNetV3Large, MobileNetV3Small } = defineFamily({
  name: 'MobileNetV3',
  summary: 'inverted residual blocks of searched widths (Howard and others 2019)',
  shape: classifier,
  defaults: {
    ...defaults,
    'initial_block/filters': 16,
    'initial_block/activation': 'h_swish',
    'body/block/type': 'mbconv',
    'head/layout': 'cna V fa d f',
    'head/activation': 'h_swish',
    'head/kernel_size': 1,
    'head/dropout_rate': 0.2,
  },
  likes: { torchvision: { 'common/padding': 'torch' } },
  widened: ['initial_block/filters', 'head/filters', 'head/units'],
  rows: {
    MobileNetV3Large: {
      summary: 'the third version, large',
      defaults: {
        'body/num_blocks': [1, 2, 3, 4, 2, 3],
        'body/filters': [16, 24, 40, 80, 112, 160],
        'body/strides': [1, 2, 2, 2, 1, 2],
        'body/by_group': [
          hidden(3, false, 'relu', 16),
          hidden(3, false, 'relu', 64, 72),
          hidden(5, true, 'relu', 72, 120, 120),
          hidden(3, false, 'h_swish', 240, 200, 184, 184),
          hidden(3, true, 'h_swish', 480, 672),
          hidden(5, true, 'h_swish', 672, 960, 960),
        ],
        'head/filters': 960,
        'head/units': [1280],
      },
    },
    MobileNetV3Small: {
      summary: 'the third version, small',
      defaults: {
        'body/num_blocks': [1, 2, 3, 2, 3],
        'body/filters': [16, 24, 40, 48, 96],
        'body/strides': [2, 2, 2, 1, 2],
        'body/by_group': [
          hidden(3, true, 'relu', 16),
          hidden(3, false, 'relu', 72, 88),
          hidden(5, true, 'h_swish', 96, 240, 240),
          hidden(5, true, 'h_swish', 120, 144),
          hidden(5, true, 'h_swish', 288, 576, 576),
        ],
        'head/filters': 576,
        'head/units': [1024],
      },
    },
  },
})
