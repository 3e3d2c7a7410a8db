/**
 * Trained parameters of segmenters for 3 channels and 21 classes, by segmentation-models-pytorch 0.6.0, torchvision 0.29.2 and BatchFlow's
 * last TensorFlow version.
 */
import type { ZooName } from '../../../src/models.js'

interface Count {
  readonly row: ZooName
  readonly config?: Readonly<Record<string, unknown>>
  readonly parameters: number
}

const scse = { 'decoder/combine/attention': 'scse', 'decoder/block/attention': 'scse' }

export const segmenterCounts: readonly Count[] = [
  // BatchFlow
  { row: 'UNet', parameters: 31_046_741 },
  // segmentation-models-pytorch
  { row: 'UNetResNet18', parameters: 14_331_109 },
  { row: 'UNetResNet34', parameters: 24_439_269 },
  { row: 'UNetResNet50', parameters: 32_524_005 },
  // It counts 195 more: a module that its forward pass never calls.
  { row: 'UNetResNet34', config: scse, parameters: 24_553_065 },
  { row: 'UNetPlusPlusResNet18', parameters: 15_973_349 },
  { row: 'UNetPlusPlusResNet34', parameters: 26_081_509 },
  { row: 'LinkNet', parameters: 11_664_437 },
  { row: 'LinkNetResNet34', parameters: 21_772_597 },
  { row: 'FPN', parameters: 23_157_973 },
  { row: 'FPNResNet50', parameters: 26_118_613 },
]
