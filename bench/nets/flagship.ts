/** The networks of `pipelines/se-comparison.yaml`. */
import { ResNet } from '../../src/models.js'
import { flagshipConfig } from '../support/flagship.js'
import { randomArray, randomLabels } from '../support/random.js'
import type { BenchNet } from './net.js'

export const flagship: BenchNet = {
  summary: "the SE comparison's ResNet, 28×28×1",
  batch: 300,
  hasSe: true,
  peers: ['torch', 'tensorflow'],
  build: options => ResNet.build(flagshipConfig(options), { name: 'resnet', seed: 42 }),
  feed: batch => ({ images: randomArray([batch, 28, 28, 1]), labels: randomLabels(batch, 10) }),
}
