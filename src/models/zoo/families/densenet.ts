import { classifier } from '../classifier.js'
import { defineFamily } from '../define-family.js'
import { likeTorchvision, normalised, pooledStem } from './fragments.js'

const defaults = {
  ...normalised,
  ...pooledStem,
  'body/block/type': 'dense',
  'body/downsample': { layout: 'nacv', kernel_size: 1, reduction: 0.5, place: 'between' },
  'head/layout': 'naVf',
  loss: 'ce',
}

const row = (summary: string, blocks: readonly number[], more = {}) => ({ summary, defaults: { 'body/num_blocks': blocks, ...more } })

/**
 * Dense blocks, each of which adds channels to those before it (Huang and others 2016). BatchFlow: `DenseNet121` …
 *
 * @example
 * DenseNet121.describe({ inputs: { images: { shape: [224, 224, 3] }, labels: { classes: 1000, name: 'targets' } } }).countParameters()
 */
export const { DenseNet121, DenseNet161, DenseNet169, DenseNet201, DenseNet264 } = defineFamily({
  name: 'DenseNet',
  summary: 'blocks that add channels to those before them (Huang and others 2016)',
  shape: classifier,
  defaults,
  likes: { torchvision: likeTorchvision },
  rows: {
    DenseNet121: row('121 layers', [6, 12, 24, 16]),
    DenseNet161: row('161 layers, growth rate 48', [6, 12, 36, 24], { 'body/block/growth_rate': 48, 'initial_block/filters': 96 }),
    DenseNet169: row('169 layers', [6, 12, 32, 32]),
    DenseNet201: row('201 layers', [6, 12, 48, 32]),
    DenseNet264: row('264 layers', [6, 12, 64, 48]),
  },
})
