/** Random networks: layers, a loss, an optimizer, data. Everything follows from the seed. */
import { type Tensor, tf } from '../semantics/support.js'
import { type Choices, choicesOf } from './random.js'

type Model = import('@tensorflow/tfjs-node-gpu').LayersModel
type Layer = { apply(x: unknown): unknown }

export interface Net {
  readonly model: Model
  readonly x: Tensor
  readonly y: Tensor
  /** What it consists of, for messages. */
  readonly words: string
}

const smooth = ['tanh', 'sigmoid', 'softplus', 'softsign', 'elu', 'selu', 'linear', 'relu', 'swish'] as const
const L = tf.layers

const regularizer = (c: Choices) =>
  c.pick([
    () => tf.regularizers.l1({ l1: 0.01 }),
    () => tf.regularizers.l2({ l2: 0.02 }),
    () => tf.regularizers.l1l2({ l1: 0.01, l2: 0.01 }),
  ])()
const constraint = (c: Choices) =>
  c.pick([
    () => tf.constraints.maxNorm({ maxValue: 1 }),
    () => tf.constraints.unitNorm({ axis: 0 }),
    () => tf.constraints.minMaxNorm({ minValue: 0.3, maxValue: 0.8 }),
  ])()

function trained(c: Choices): object {
  const seed = () => 1 + c.int(1000)
  return {
    kernelInitializer: c.pick([() => tf.initializers.glorotUniform({ seed: seed() }), () => tf.initializers.heNormal({ seed: seed() })])(),
    useBias: c.chance(0.8),
    ...(c.chance(0.15) && { kernelRegularizer: regularizer(c) }),
    ...(c.chance(0.1) && { kernelConstraint: constraint(c) }),
  }
}

const activation = (c: Choices) => c.pick(smooth)
const convolution = (c: Choices) => ({
  filters: 1 + c.int(4),
  kernelSize: 1 + c.int(3),
  strides: 1 + c.int(2),
  padding: c.pick(['same', 'valid']),
  activation: activation(c),
  ...trained(c),
})
const recurrent = (c: Choices) => ({ ...trained(c), recurrentInitializer: tf.initializers.glorotNormal({ seed: 3 }), units: 2 + c.int(3) })

/** Layers by the rank of what they take; each yields the rank it takes unless it flattens. */
const anyRank: readonly ((c: Choices) => object)[] = [
  c => L.activation({ activation: activation(c) }),
  () => L.leakyReLU({ alpha: 0.2 }),
  () => L.elu({}),
  () => L.thresholdedReLU({ theta: 0.1 }),
  c => L.dropout({ rate: 0.3, seed: 1 + c.int(99) }),
  c => L.batchNormalization({ momentum: 0.9, epsilon: c.pick([1e-3, 1e-2]) }),
  () => L.layerNormalization({}),
]
const byRank: Readonly<Record<2 | 3 | 4, readonly ((c: Choices) => object)[]>> = {
  2: [
    ...anyRank,
    c => L.dense({ units: 1 + c.int(5), activation: activation(c), ...trained(c) } as never),
    c => L.dense({ units: 2 + c.int(4), ...trained(c) } as never),
    () => L.prelu({ alphaInitializer: 'ones' } as never),
    () => L.softmax({}),
  ],
  3: [
    ...anyRank,
    c => L.conv1d(convolution(c) as never),
    () => L.maxPooling1d({ poolSize: 2, strides: 1 }),
    () => L.averagePooling1d({ poolSize: 2 }),
    c => L.timeDistributed({ layer: L.dense({ units: 2, ...trained(c) } as never) } as never),
    c => L.simpleRNN({ ...recurrent(c), returnSequences: true } as never),
    c => L.gru({ ...recurrent(c), returnSequences: true } as never),
    c => L.lstm({ ...recurrent(c), returnSequences: true } as never),
    () => L.permute({ dims: [2, 1] }),
    () => L.spatialDropout1d({ rate: 0.2, seed: 4 }),
  ],
  4: [
    ...anyRank,
    c => L.conv2d(convolution(c) as never),
    c =>
      L.depthwiseConv2d({
        kernelSize: 2,
        depthMultiplier: 1 + c.int(2),
        padding: 'same',
        depthwiseInitializer: tf.initializers.glorotNormal({ seed: 5 }),
      } as never),
    c =>
      L.separableConv2d({
        filters: 2 + c.int(3),
        kernelSize: 2,
        padding: 'same',
        depthwiseInitializer: tf.initializers.glorotNormal({ seed: 6 }),
        pointwiseInitializer: tf.initializers.glorotNormal({ seed: 7 }),
      } as never),
    c => L.conv2dTranspose({ filters: 1 + c.int(3), kernelSize: 2, strides: 1 + c.int(2), padding: 'same', ...trained(c) } as never),
    c => L.maxPooling2d({ poolSize: 2, strides: 1 + c.int(2), padding: c.pick(['same', 'valid']) }),
    c => L.averagePooling2d({ poolSize: 2, strides: 1 + c.int(2), padding: c.pick(['same', 'valid']) }),
    () => L.upSampling2d({ size: [2, 1] }),
    () =>
      L.zeroPadding2d({
        padding: [
          [1, 0],
          [0, 1],
        ],
      }),
  ],
}
const toFlat: Readonly<Record<2 | 3 | 4, readonly ((c: Choices) => object)[]>> = {
  2: [c => L.dense({ units: 3, ...trained(c) } as never)],
  3: [
    () => L.flatten(),
    () => L.globalAveragePooling1d({}),
    () => L.globalMaxPooling1d({}),
    c => L.lstm(recurrent(c) as never),
    c => L.bidirectional({ layer: L.gru(recurrent(c) as never), mergeMode: c.pick(['concat', 'sum', 'ave', 'mul']) } as never),
  ],
  4: [() => L.flatten(), () => L.globalAveragePooling2d({}), () => L.globalMaxPooling2d({})],
}
const inputs: Readonly<Record<2 | 3 | 4, (c: Choices) => number[]>> = {
  2: c => [2 + c.int(5)],
  3: c => [4 + c.int(4), 1 + c.int(3)],
  4: c => [5 + c.int(3), 5 + c.int(3), 1 + c.int(3)],
}

/** Each loss with what the network ends in and what it is compared with. */
const losses: readonly (readonly [string, string, (y: Tensor) => Tensor])[] = [
  ['meanSquaredError', 'linear', y => y],
  ['meanAbsoluteError', 'tanh', y => y],
  ['meanSquaredLogarithmicError', 'softplus', y => tf.abs(y)],
  ['hinge', 'tanh', y => tf.sign(y)],
  ['squaredHinge', 'tanh', y => tf.sign(y)],
  ['logcosh', 'linear', y => y],
  ['poisson', 'softplus', y => tf.abs(y)],
  ['kullbackLeiblerDivergence', 'softmax', y => tf.softmax(y as never)],
  ['categoricalCrossentropy', 'softmax', y => tf.softmax(tf.mul(y, 5) as never)],
  ['binaryCrossentropy', 'sigmoid', y => tf.cast(tf.greater(y, 0), 'float32')],
  ['cosineProximity', 'linear', y => y],
]
const optimizers: readonly ((c: Choices) => unknown)[] = [
  () => tf.train.sgd(0.05),
  c => tf.train.momentum(0.03, 0.8, c.chance(0.5)),
  () => tf.train.adam(0.01),
  () => tf.train.adamax(0.01),
  () => tf.train.adagrad(0.05),
  () => tf.train.adadelta(0.5),
  c => tf.train.rmsprop(0.01, 0.9, c.chance(0.3) ? 0.5 : 0, 1e-7, c.chance(0.3)),
]

/** The network of a seed; the same one each time. */
export function netOf(seed: number): Net {
  const c = choicesOf(seed)
  const rank = c.pick([2, 2, 3, 4] as const)
  const shape = inputs[rank](c)
  const input = tf.input({ shape }) as unknown
  const words = [`input ${shape}`]
  let now = input
  const add = (make: (c: Choices) => object) => {
    const layer = make(c) as Layer & { getClassName(): string; computeOutputShape(shape: unknown): (number | null)[] }
    const lengths = layer.computeOutputShape((now as { shape: unknown }).shape)
    // What the layers before have left may be too small for it.
    if (lengths.some(length => length !== null && !(length > 0))) return
    now = layer.apply(now)
    words.push(layer.getClassName())
  }
  for (let i = 1 + c.int(3); i > 0; i--) add(c.pick(byRank[rank]))
  if (rank === 2 && c.chance(0.3)) {
    const before = now
    add(c => L.dense({ units: (before as { shape: number[] }).shape[1]!, ...trained(c) } as never))
    const merge = c.pick([
      () => L.add(),
      () => L.multiply(),
      () => L.average(),
      () => L.maximum(),
      () => L.concatenate(),
    ])() as unknown as Layer
    now = merge.apply([before, now])
    words.push('merge')
  }
  if (rank !== 2) add(c.pick(toFlat[rank]))
  const [loss, last, toTarget] = c.pick(losses)
  const units = 2 + c.int(3)
  add(c => L.dense({ units, activation: last, ...trained(c) } as never))
  const model = tf.model({ inputs: input as never, outputs: now as never })
  const optimizer = c.pick(optimizers)(c)
  const metrics = c.chance(0.4) ? [c.pick(['mse', 'mae', 'accuracy'])] : []
  model.compile({ loss, optimizer: optimizer as never, metrics })
  const items = 3 + c.int(4)
  const [x, y] = tf.tidy(() => [
    tf.randomNormal([items, ...shape], 0, 1, 'float32', 11 + seed),
    toTarget(tf.randomNormal([items, units], 0, 1, 'float32', 12 + seed)),
  ]) as [Tensor, Tensor]
  words.push(loss, (optimizer as { getClassName(): string }).getClassName(), ...metrics)
  return { model, x, y, words: words.join(' → ') }
}
