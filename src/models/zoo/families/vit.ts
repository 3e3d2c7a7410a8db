import { classifier } from '../classifier.js'
import { defineFamily } from '../define-family.js'

const row = (summary: string, width: number, heads: number, patch = 16) => ({
  summary,
  defaults: {
    'initial_block/filters': width,
    'initial_block/kernel_size': patch,
    'initial_block/strides': patch,
    'body/filters': [width],
    'body/block/heads': heads,
  },
})

/**
 * Transformers over patches of an image (Dosovitskiy and others 2020).
 *
 * @example
 * ViTTiny.describe({ inputs: { images: { shape: [224, 224, 3] }, labels: { classes: 1000, name: 'targets' } } }).countParameters()
 */
export const { ViTTiny, ViTSmall, ViTBase, ViTBase32 } = defineFamily({
  name: 'ViT',
  summary: 'transformers over patches of an image (Dosovitskiy and others 2020)',
  shape: classifier,
  defaults: {
    'common/activation': 'gelu',
    'common/initializer': { type: 'truncated_normal', stddev: 0.02 },
    'initial_block/layout': 'c',
    'initial_block/tokens': { class: true, position: 'learned' },
    'body/block/type': 'transformer',
    'body/num_blocks': [12],
    'head/layout': 'l < f',
    loss: 'ce',
  },
  likes: { torchvision: { 'common/padding': 'torch' } },
  smallStem: { 'initial_block/kernel_size': 4, 'initial_block/strides': 4 },
  rows: {
    ViTTiny: row('width 192, 3 heads, patches of 16×16', 192, 3),
    ViTSmall: row('width 384, 6 heads, patches of 16×16', 384, 6),
    ViTBase: row('width 768, 12 heads, patches of 16×16', 768, 12),
    ViTBase32: row('width 768, 12 heads, patches of 32×32', 768, 12, 32),
  },
})
