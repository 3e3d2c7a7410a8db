/** ResNet-18 of the zoo for small images: a 3×3 convolution in place of the 7×7 one with pooling. */
import { ResNet18 } from '../../src/models.js'
import { randomArray, randomLabels } from '../support/random.js'
import type { BenchNet } from './net.js'

const config = {
  inputs: { images: { shape: [32, 32, 3] }, labels: { classes: 10, transform: 'ohe', dtype: 'int32', name: 'targets' } },
  'initial_block/inputs': 'images',
  'initial_block/layout': 'cna',
  'initial_block/kernel_size': 3,
  'initial_block/strides': 1,
  'body/block/layout': 'cna cn',
  'body/block/post_activation': 'relu',
  loss: 'ce',
  optimizer: 'Adam',
}

export const resnet18: BenchNet = {
  summary: 'ResNet-18 with a 3×3 stem, 32×32×3',
  batch: 128,
  peers: ['torch'],
  build: ({ engine }) => ResNet18.build({ ...config, engine }, { name: 'resnet18', seed: 42 }),
  feed: batch => ({ images: randomArray([batch, 32, 32, 3]), labels: randomLabels(batch, 10) }),
}
