/**
 * Trained parameters of segmenters for 3 channels and 21 classes, by segmentation-models-pytorch 0.6.0, torchvision 0.29.2 and BatchFlow's
 * last TensorFlow version.
 */
import type { ZooName } from '../../../src/models.js'

interface Count {
  readonly row: ZooName
  readonly config?: Readonly<Record<string, unknown>>
  readonly parameters: number
  /** Groups of the encoder that are counted there, though nothing takes what they return. */
  readonly unused?: { readonly model: ZooName; readonly groups: readonly number[] }
}

const over = (model: ZooName) => ({ 'encoder/model': model })
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
  { row: 'UNetPlusPlusResNet34', config: over('ResNet18'), parameters: 15_973_349 },
  { row: 'UNetPlusPlusResNet34', parameters: 26_081_509 },
  { row: 'LinkNet', parameters: 11_664_437 },
  { row: 'LinkNet', config: over('ResNet34'), parameters: 21_772_597 },
  { row: 'FPN', parameters: 23_157_973 },
  { row: 'FPN', config: over('ResNet50'), parameters: 26_118_613 },
  { row: 'PSPNet', parameters: 21_530_165, unused: { model: 'ResNet34', groups: [2, 3] } },
  { row: 'PSPNet', config: over('ResNet50'), parameters: 24_393_173, unused: { model: 'ResNet50', groups: [2, 3] } },
  { row: 'DeepLabV3Plus', parameters: 22_442_597 },
  { row: 'DeepLabV3Plus', config: over('ResNet50'), parameters: 26_682_725 },
  // torchvision, and segmentation-models-pytorch alike
  { row: 'DeepLabV3', parameters: 39_638_869 },
  // torchvision
  { row: 'FCN', parameters: 32_957_013 },
]
