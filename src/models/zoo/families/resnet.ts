import { classifier } from '../classifier.js'
import { defineFamily } from '../define-family.js'
import { likeTorchvision, normalised, pooledStem } from './fragments.js'

/**
 * The stem and the head of BatchFlow's last TensorFlow 1 version, with three exceptions. The head's `d` drops nothing unless
 * `head/dropout_rate` says so (there .4). The optimizer has no decay. Moving averages keep .9 per step, as in BatchFlow's current version
 * and PyTorch: with TensorFlow's .99 a test loss is meaningless before about 400 steps, longer than a short experiment lasts.
 */
const defaults = {
  ...normalised,
  ...pooledStem,
  'head/layout': 'Vdf',
  loss: 'ce',
}

/** The published block: post-activation, a normalised shortcut. */
const published = { 'body/block/shortcut': 'cn', 'body/block/post_activation': 'relu' }
const simple = (...blocks: number[]) => ({ ...published, 'body/num_blocks': blocks, 'body/block/layout': 'cna cn' })
const bottleneck = (...blocks: number[]) => ({
  ...published,
  'body/num_blocks': blocks,
  'body/block/bottleneck': true,
  'body/block/layout': 'cna cna cn',
})
const depths = {
  18: simple(2, 2, 2, 2),
  34: simple(3, 4, 6, 3),
  50: bottleneck(3, 4, 6, 3),
  101: bottleneck(3, 4, 23, 3),
  152: bottleneck(3, 8, 36, 3),
}
const se = { 'body/block/attention': 'se' }
const summaryOf = (depth: keyof typeof depths) => `${depth} layers${depth > 34 ? ', bottleneck blocks' : ''}`
const plainRow = (depth: keyof typeof depths) => ({ summary: summaryOf(depth), defaults: depths[depth] })
const seRow = (depth: keyof typeof depths) => ({
  summary: `${summaryOf(depth)}, squeeze and excitation`,
  defaults: { ...depths[depth], ...se },
})

/**
 * Residual networks (He, Zhang, Ren, Sun 2015). Those with a number are the published ones; `ResNet` has the defaults of BatchFlow's block,
 * and needs `body/num_blocks`. BatchFlow: `ResNet`, `ResNet18` … `ResNet152`.
 *
 * @example
 * const config = {
 *   inputs: { images: { shape: [28, 28, 1] }, labels: { classes: 10, transform: 'ohe', name: 'targets' } },
 *   'initial_block/inputs': 'images',
 * }
 * ResNet18.describe(config).countParameters()
 * const model = await ResNet18.build(config, { name: 'resnet', seed: 42 })
 */
export const { ResNet, ResNet18, ResNet34, ResNet50, ResNet101, ResNet152 } = defineFamily({
  name: 'ResNet',
  summary: 'residual networks (He, Zhang, Ren, Sun 2015)',
  shape: classifier,
  defaults,
  likes: { torchvision: likeTorchvision },
  rows: {
    ResNet: { summary: 'residual network; give body/num_blocks', defaults: {} },
    ResNet18: plainRow(18),
    ResNet34: plainRow(34),
    ResNet50: plainRow(50),
    ResNet101: plainRow(101),
    ResNet152: plainRow(152),
  },
})

/** Residual networks with squeeze and excitation (Hu, Shen, Sun 2018) in each block. BatchFlow: `SEResNet18` … */
export const { SEResNet, SEResNet18, SEResNet34, SEResNet50, SEResNet101, SEResNet152 } = defineFamily({
  name: 'SEResNet',
  summary: 'residual networks with squeeze and excitation (Hu, Shen, Sun 2018)',
  shape: classifier,
  defaults,
  likes: { torchvision: likeTorchvision },
  rows: {
    SEResNet: { summary: 'residual network with squeeze and excitation; give body/num_blocks', defaults: se },
    SEResNet18: seRow(18),
    SEResNet34: seRow(34),
    SEResNet50: seRow(50),
    SEResNet101: seRow(101),
    SEResNet152: seRow(152),
  },
})

const wide = (factor: number) => ({ 'body/block/inner_factor': factor })
const grouped = (factor: number) => ({ ...wide(factor), 'body/block/groups': 32 })

/**
 * Residual networks whose 3×3 convolutions have 32 groups (Xie and others 2016): 32×4d and 32×8d. BatchFlow: `ResNeXt50` …
 *
 * @example
 * ResNeXt50.describe({ inputs: { images: { shape: [224, 224, 3] }, labels: { classes: 10, name: 'targets' } } }).countByPart()
 */
export const { ResNeXt50, ResNeXt101, SEResNeXt50 } = defineFamily({
  name: 'ResNeXt',
  summary: 'residual networks with grouped convolutions (Xie and others 2016)',
  shape: classifier,
  defaults,
  likes: { torchvision: likeTorchvision },
  rows: {
    ResNeXt50: { summary: '50 layers, 32 groups of 4', defaults: { ...depths[50], ...grouped(2) } },
    ResNeXt101: { summary: '101 layers, 32 groups of 8', defaults: { ...depths[101], ...grouped(4) } },
    SEResNeXt50: { summary: '50 layers, 32 groups of 4, squeeze and excitation', defaults: { ...depths[50], ...grouped(2), ...se } },
  },
})

/** Residual networks whose 3×3 convolutions are twice as wide (Zagoruyko and Komodakis 2016). */
export const { WideResNet50, WideResNet101 } = defineFamily({
  name: 'WideResNet',
  summary: 'residual networks twice as wide inside (Zagoruyko and Komodakis 2016)',
  shape: classifier,
  defaults,
  likes: { torchvision: likeTorchvision },
  rows: {
    WideResNet50: { summary: '50 layers', defaults: { ...depths[50], ...wide(2) } },
    WideResNet101: { summary: '101 layers', defaults: { ...depths[101], ...wide(2) } },
  },
})

const preActivation = (...blocks: number[]) => ({
  'initial_block/layout': 'cp',
  'body/num_blocks': blocks,
  'body/block/bottleneck': true,
  'body/block/layout': 'nac nac nac',
  'body/block/shortcut': 'c',
  'head/layout': 'naVf',
})

/** Residual networks with normalisation and activation before each convolution (He and others 2016). */
export const { ResNet50v2, ResNet101v2, ResNet152v2 } = defineFamily({
  name: 'ResNetV2',
  summary: 'pre-activation residual networks (He and others 2016)',
  shape: classifier,
  defaults,
  rows: {
    ResNet50v2: { summary: '50 layers, bottleneck blocks', defaults: preActivation(3, 4, 6, 3) },
    ResNet101v2: { summary: '101 layers, bottleneck blocks', defaults: preActivation(3, 4, 23, 3) },
    ResNet152v2: { summary: '152 layers, bottleneck blocks', defaults: preActivation(3, 8, 36, 3) },
  },
})

const pyramid = { 'body/widening': 8, 'body/block/zero_pad': true, 'body/block/shortcut': 'c' }
const pyramidSimple = (...blocks: number[]) => ({ ...pyramid, 'body/num_blocks': blocks, 'body/block/layout': 'nc nac n' })
const pyramidBottleneck = (...blocks: number[]) => ({
  ...pyramid,
  'body/num_blocks': blocks,
  'body/block/bottleneck': true,
  'body/block/layout': 'nc nac nac n',
})

/** Residual networks that widen from block to block (Han, Kim, Kim 2016). BatchFlow: `PyramidNet18` … */
export const { PyramidNet18, PyramidNet34, PyramidNet50, PyramidNet101, PyramidNet152 } = defineFamily({
  name: 'PyramidNet',
  summary: 'residual networks that widen from block to block (Han, Kim, Kim 2016)',
  shape: classifier,
  defaults,
  rows: {
    PyramidNet18: { summary: '18 layers', defaults: pyramidSimple(2, 2, 2, 2) },
    PyramidNet34: { summary: '34 layers', defaults: pyramidSimple(3, 4, 6, 3) },
    PyramidNet50: { summary: '50 layers, bottleneck blocks', defaults: pyramidBottleneck(3, 4, 6, 3) },
    PyramidNet101: { summary: '101 layers, bottleneck blocks', defaults: pyramidBottleneck(3, 4, 23, 3) },
    PyramidNet152: { summary: '152 layers, bottleneck blocks', defaults: pyramidBottleneck(3, 8, 36, 3) },
  },
})
