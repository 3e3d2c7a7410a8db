import { defineFamily } from '../../define-family.js'
import { segmenter } from '../../segmenter.js'
import { segmenterDefaults, voc, withoutBiases } from './defaults.js'

const defaults = {
  ...segmenterDefaults,
  'decoder/type': 'steps',
  'decoder/upsample/layout': 'tna',
  'decoder/block/type': 'plain',
  'decoder/block/layout': 'cna cna',
}

const ownEncoder = {
  'encoder/num_blocks': [1, 1, 1, 1],
  'encoder/filters': [64, 128, 256, 512],
  'encoder/block/type': 'plain',
  'encoder/block/layout': 'cna cna',
  'encoder/downsample/layout': 'p',
  'encoder/downsample/place': 'after',
  'embedding/type': 'plain',
  'embedding/layout': 'cna cna',
  'embedding/filters': 1024,
}

/** Five sizes of a classifier, nearest upsampling. */
const over = (model: string) => ({
  ...withoutBiases,
  'encoder/model': model,
  'decoder/filters': [256, 128, 64, 32, 16],
  'decoder/upsample/layout': 'N',
  'head/kernel_size': 3,
})
const rowOver = (model: string) => ({ summary: `UNet over ${model}`, defaults: over(model) })

/**
 * UNet (Ronneberger, Fischer, Brox 2015): steps down and up, joined at each size. `encoder/model` puts any classifier of the zoo in place of
 * its own encoder. BatchFlow: `UNet`.
 *
 * @example
 * const config = {
 *   inputs: { images: { shape: [64, 64, 3] }, masks: { shape: [64, 64], classes: 5, name: 'targets' } },
 *   'encoder/model': 'ResNet34',
 *   'encoder/block/attention': 'cbam',
 * }
 * UNet.describe(config).countParameters()
 */
export const { UNet, UNetResNet18, UNetResNet34, UNetResNet50 } = defineFamily({
  name: 'UNet',
  summary: 'steps down and up, joined at each size (Ronneberger, Fischer, Brox 2015)',
  shape: segmenter,
  defaults,
  smallStem: {},
  published: voc,
  rows: {
    UNet: { summary: 'UNet with an encoder of its own, four steps', defaults: ownEncoder },
    UNetResNet18: rowOver('ResNet18'),
    UNetResNet34: rowOver('ResNet34'),
    UNetResNet50: rowOver('ResNet50'),
  },
})

/** UNet of residual blocks. BatchFlow: `ResUNet`. */
export const { ResUNet } = defineFamily({
  name: 'ResUNet',
  summary: 'UNet of residual blocks',
  shape: segmenter,
  defaults: {
    ...defaults,
    ...ownEncoder,
    ...withoutBiases,
    'encoder/block': { type: 'residual', layout: 'cna cn', shortcut: 'cn', post_activation: 'relu' },
    'decoder/block': { type: 'residual', layout: 'cna cn', shortcut: 'cn', post_activation: 'relu' },
  },
  smallStem: {},
  published: voc,
  rows: { ResUNet: { summary: 'UNet of residual blocks, four steps' } },
})

/** UNet whose encoder is that of DenseNet. BatchFlow: `DenseUNet`. */
export const { DenseUNet } = defineFamily({
  name: 'DenseUNet',
  summary: 'UNet over a densely connected encoder',
  shape: segmenter,
  defaults: {
    ...defaults,
    ...withoutBiases,
    'initial_block/layout': 'cna',
    'initial_block/filters': 64,
    'encoder/num_blocks': [4, 4, 4, 4],
    'encoder/block/type': 'dense',
    'encoder/downsample': { layout: 'nacv', kernel_size: 1, reduction: 0.5, place: 'after' },
    'embedding/type': 'plain',
    'embedding/layout': 'cna cna',
  },
  smallStem: {},
  published: voc,
  rows: { DenseUNet: { summary: 'UNet over four groups of four dense blocks' } },
})

const nested = { ...segmenterDefaults, 'decoder/type': 'nested', 'decoder/block/type': 'plain', 'decoder/block/layout': 'cna cna' }

/** UNet with steps from every size (Zhou and others 2018, "UNet++"). BatchFlow: `UNetPP`. */
export const { UNetPlusPlus, UNetPlusPlusResNet34 } = defineFamily({
  name: 'UNetPlusPlus',
  summary: 'UNet with steps from every size (Zhou and others 2018)',
  shape: segmenter,
  defaults: nested,
  smallStem: {},
  published: voc,
  rows: {
    UNetPlusPlus: {
      summary: 'UNet++ with an encoder of its own, four sizes',
      defaults: { ...ownEncoder, 'decoder/upsample/layout': 'tna' },
    },
    UNetPlusPlusResNet34: { summary: 'UNet++ over ResNet34', defaults: over('ResNet34') },
  },
})
