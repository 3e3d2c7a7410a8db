/** Networks of the zoo: some as published, some small. */
import {
  ConvNeXtAtto,
  DenseNet121,
  EfficientNetB0,
  MobileNet,
  MobileNetV2,
  ResNet18,
  ResNeXt50,
  UNetResNet18,
  ViTTiny,
} from '../../src/models.js'
import { maskNet, rowNet } from './row.js'

/** In place of the 7×7 convolution with pooling. */
const smallStem = { 'initial_block/layout': 'cna', 'initial_block/kernel_size': 3, 'initial_block/strides': 1 }

export const rows = {
  resnet18: rowNet({
    summary: 'ResNet-18 with a 3×3 stem',
    batch: 128,
    size: 32,
    model: ResNet18,
    config: { ...smallStem, 'body/block/shortcut': 'c' },
  }),
  densenet: rowNet({
    summary: 'DenseNet, three blocks of four layers, growth 12',
    batch: 64,
    size: 32,
    model: DenseNet121,
    config: {
      ...smallStem,
      'initial_block/layout': 'c',
      'initial_block/filters': 24,
      'body/num_blocks': [4, 4, 4],
      'body/block/growth_rate': 12,
      'body/block/bottleneck': null,
    },
  }),
  mobilenet: rowNet({
    summary: 'MobileNet, five depthwise-separable blocks, ReLU6',
    batch: 64,
    size: 32,
    model: MobileNet,
    config: {
      ...smallStem,
      'common/activation': 'relu6',
      'body/num_blocks': [1, 2, 2],
      'body/filters': [64, 128, 256],
      'body/strides': [1, 2, 2],
      'head/layout': 'Vf',
    },
  }),
  mobilenetv2: rowNet({ summary: 'MobileNetV2', batch: 32, size: 64, model: MobileNetV2 }),
  efficientnetb0: rowNet({ summary: 'EfficientNet-B0', batch: 32, size: 64, model: EfficientNetB0 }),
  resnext50: rowNet({ summary: 'ResNeXt-50, 32 groups of 4', batch: 16, size: 64, model: ResNeXt50 }),
  convnextatto: rowNet({ summary: 'ConvNeXt-Atto', batch: 32, size: 64, model: ConvNeXtAtto }),
  vittiny: rowNet({
    summary: 'ViT-Tiny, patches of 8×8',
    batch: 16,
    size: 64,
    model: ViTTiny,
    config: { 'initial_block/kernel_size': 8, 'initial_block/strides': 8 },
  }),
  unetresnet18: maskNet({
    summary: 'U-Net over ResNet-18',
    batch: 16,
    size: 64,
    model: UNetResNet18,
  }),
}
