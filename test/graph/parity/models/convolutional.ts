/** Convolutional networks: windows, strides, borders, sizes, pooling, normalisation, residual and U-shaped connections. */
import { chain, type Layer, type Model, type ParityModel, type Symbolic, type Tf } from '../parity-model.js'

type ConvOptions = { kernelSize: number | [number, number]; strides?: number; padding?: 'same' | 'valid'; useBias?: boolean }

/** Two convolutions, the second of the kind that is looked at, so that both gradients are. */
const convolution = (size: number, options: ConvOptions): ParityModel => ({
  name: `convolution ${options.kernelSize} by ${options.strides ?? 1} ${options.padding ?? 'valid'} of ${size}×${size}`,
  build: tf =>
    chain(
      tf,
      [size, size, 2],
      tf.layers.conv2d({ filters: 3, kernelSize: 1, activation: 'tanh' }),
      tf.layers.conv2d({ filters: 4, ...options, activation: 'tanh' }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 2 }),
    ),
})

const image = (name: string, size: number[], make: (tf: Tf) => Layer[], kink?: true): ParityModel => ({
  name,
  build: tf => chain(tf, size, ...make(tf), tf.layers.flatten(), tf.layers.dense({ units: 2 })),
  ...(kink ? { kink } : {}),
})

const conv = (tf: Tf, options: object = {}) =>
  tf.layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: 'tanh', ...options })

/** convolution, normalisation, activation, twice, beside the input. */
function residual(tf: Tf, activation: 'tanh' | 'relu', isSqueezed: boolean): Model {
  const { layers } = tf
  const apply = (x: Symbolic, ...all: Layer[]) => all.reduce((value, layer) => layer.apply(value) as Symbolic, x)
  const inputs = tf.input({ shape: [6, 6, 2] })
  const stem = apply(inputs, layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', useBias: false }))
  const block = apply(
    stem,
    layers.batchNormalization(),
    layers.activation({ activation }),
    layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', useBias: false }),
    layers.batchNormalization(),
  )
  const gate = apply(
    block,
    layers.globalAveragePooling2d({}),
    layers.reshape({ targetShape: [1, 1, 4] }),
    layers.dense({ units: 2, activation }),
    layers.dense({ units: 4, activation: 'sigmoid' }),
  )
  const scaled = isSqueezed ? (layers.multiply().apply([block, gate]) as Symbolic) : block
  const sum = apply(layers.add().apply([scaled, stem]) as Symbolic, layers.activation({ activation }))
  return tf.model({ inputs, outputs: apply(sum, layers.globalAveragePooling2d({}), layers.dense({ units: 3, activation: 'softmax' })) })
}

/** Down by pooling, up by interpolation or a transposed convolution, with a connection across. */
function uNet(tf: Tf, isTransposed: boolean): Model {
  const { layers } = tf
  const inputs = tf.input({ shape: [8, 8, 1] })
  const left = conv(tf).apply(inputs) as Symbolic
  const below = conv(tf, { filters: 4 }).apply(layers.averagePooling2d({ poolSize: 2 }).apply(left)) as Symbolic
  const up = isTransposed
    ? layers.conv2dTranspose({ filters: 3, kernelSize: 2, strides: 2, padding: 'same', activation: 'tanh' })
    : layers.upSampling2d({ size: [2, 2] })
  const right = conv(tf).apply(layers.concatenate().apply([left, up.apply(below) as Symbolic])) as Symbolic
  return tf.model({ inputs, outputs: conv(tf, { filters: 1, kernelSize: 1, activation: 'sigmoid' }).apply(right) as Symbolic })
}

export const convolutionalModels: readonly ParityModel[] = [
  convolution(5, { kernelSize: 1 }),
  convolution(5, { kernelSize: 1, strides: 2 }),
  convolution(1, { kernelSize: 1 }),
  convolution(1, { kernelSize: 3, padding: 'same' }),
  convolution(2, { kernelSize: 3, padding: 'same' }),
  convolution(2, { kernelSize: 3, padding: 'same', strides: 2 }),
  convolution(4, { kernelSize: 3, padding: 'same' }),
  convolution(4, { kernelSize: 3, padding: 'same', strides: 2, useBias: false }),
  convolution(4, { kernelSize: 3 }),
  convolution(7, { kernelSize: 3, padding: 'same', strides: 2 }),
  convolution(7, { kernelSize: 5, padding: 'same' }),
  convolution(7, { kernelSize: 5, strides: 2 }),
  convolution(3, { kernelSize: 5, padding: 'same' }),
  convolution(2, { kernelSize: 7, padding: 'same', strides: 2 }),
  convolution(5, { kernelSize: [1, 4], padding: 'same' }),
  convolution(5, { kernelSize: 2, strides: 3, padding: 'same' }),
  // tfjs has no gradient of dilated windows: frozen, and first.
  image('a frozen dilated convolution', [7, 7, 2], tf => [conv(tf, { dilationRate: 2, trainable: false }), conv(tf)]),
  image('depthwise convolution', [6, 6, 2], tf => [
    conv(tf),
    tf.layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same', activation: 'tanh' }),
  ]),
  image('depthwise convolution by 2', [5, 5, 2], tf => [conv(tf), tf.layers.depthwiseConv2d({ kernelSize: 3, strides: 2 })]),
  image('separable convolution', [6, 6, 2], tf => [
    conv(tf),
    tf.layers.separableConv2d({ filters: 4, kernelSize: 3, depthMultiplier: 2, activation: 'tanh' }),
  ]),
  image('transposed convolution', [4, 4, 2], tf => [
    conv(tf),
    tf.layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 'same' }),
  ]),
  image('one-dimensional convolution and pooling', [9, 2], tf => [
    tf.layers.conv1d({ filters: 3, kernelSize: 3, activation: 'tanh' }),
    tf.layers.averagePooling1d({ poolSize: 2 }),
    tf.layers.conv1d({ filters: 3, kernelSize: 2, strides: 2, padding: 'same' }),
  ]),
  image('three-dimensional convolution and pooling', [4, 4, 4, 1], tf => [
    tf.layers.conv3d({ filters: 2, kernelSize: 2, padding: 'same', activation: 'tanh' }),
    tf.layers.averagePooling3d({ poolSize: 2, strides: 2 }),
    tf.layers.conv3d({ filters: 2, kernelSize: 2 }),
  ]),
  image('the largest of windows', [6, 6, 2], tf => [conv(tf), tf.layers.maxPooling2d({ poolSize: 2 }), conv(tf)]),
  image('the largest of windows that overlap', [5, 5, 2], tf => [
    conv(tf),
    tf.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    conv(tf),
  ]),
  image('the mean of windows', [7, 7, 2], tf => [
    conv(tf),
    tf.layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    conv(tf),
  ]),
  image('the largest of rows and of cubes', [6, 2], tf => [
    tf.layers.conv1d({ filters: 2, kernelSize: 3, padding: 'same', activation: 'tanh' }),
    tf.layers.maxPooling1d({ poolSize: 2 }),
    tf.layers.reshape({ targetShape: [3, 2, 1, 1] }),
    tf.layers.maxPooling3d({ poolSize: [1, 2, 1], strides: [1, 2, 1] }),
  ]),
  image('the largest of all', [5, 5, 2], tf => [conv(tf), tf.layers.globalMaxPooling2d({}), tf.layers.reshape({ targetShape: [1, 3] })]),
  image('the mean of all', [5, 5, 2], tf => [conv(tf), tf.layers.globalAveragePooling2d({}), tf.layers.reshape({ targetShape: [1, 3] })]),
  image('batch normalisation of images', [5, 5, 2], tf => [
    conv(tf, { activation: 'linear' }),
    tf.layers.batchNormalization(),
    tf.layers.activation({ activation: 'tanh' }),
    conv(tf, { strides: 2, useBias: false, activation: 'linear' }),
    tf.layers.batchNormalization({ momentum: 0.5, epsilon: 0.1 }),
  ]),
  image('frozen batch normalisation of images', [4, 4, 2], tf => [
    conv(tf, { activation: 'linear' }),
    tf.layers.batchNormalization({ trainable: false }),
    conv(tf),
  ]),
  image('layer normalisation of images', [4, 4, 2], tf => [conv(tf), tf.layers.layerNormalization({ axis: [1, 2] }), conv(tf)]),
  image('padded and cropped', [5, 5, 2], tf => [
    tf.layers.zeroPadding2d({
      padding: [
        [1, 2],
        [0, 1],
      ],
    }),
    conv(tf),
    tf.layers.cropping2D({
      cropping: [
        [1, 0],
        [2, 1],
      ],
    }),
  ]),
  image('permuted and reshaped', [4, 6, 1], tf => [
    conv(tf, { filters: 2 }),
    tf.layers.permute({ dims: [3, 1, 2] }),
    tf.layers.reshape({ targetShape: [4, 12] }),
    tf.layers.dense({ units: 3 }),
  ]),
  image('interpolated', [3, 3, 2], tf => [conv(tf), tf.layers.upSampling2d({ size: [2, 3], interpolation: 'bilinear' }), conv(tf)]),
  image('rescaled', [4, 4, 2], tf => [tf.layers.rescaling({ scale: 2, offset: 0.5 }), conv(tf)]),
  image('channels first', [2, 5, 5], tf => [conv(tf, { dataFormat: 'channelsFirst', activation: 'tanh' })]),
  image('convolutions with relu', [6, 6, 2], tf => [conv(tf, { activation: 'relu' }), conv(tf, { strides: 2, activation: 'relu' })], true),
  { name: 'residual block', build: tf => residual(tf, 'tanh', false), targets: ['classes'] },
  { name: 'residual block with relu', build: tf => residual(tf, 'relu', false), targets: ['classes'], kink: true },
  { name: 'residual block with squeeze and excitation', build: tf => residual(tf, 'tanh', true), targets: ['classes'] },
  { name: 'squeeze and excitation with relu', build: tf => residual(tf, 'relu', true), targets: ['classes'], kink: true },
  { name: 'U-Net by interpolation', build: tf => uNet(tf, false), targets: ['shares'], loss: () => 'binaryCrossentropy' },
  { name: 'U-Net by transposed convolution', build: tf => uNet(tf, true), targets: ['shares'], loss: () => 'binaryCrossentropy' },
]
