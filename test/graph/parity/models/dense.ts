/** Networks of dense layers: activations, normalisation, regularizers, constraints, merges, several inputs and outputs. */
import { chain, type Layer, type Model, type ParityModel, type Symbolic, type Tensor, type Tf } from '../parity-model.js'

const perceptron = (activation: string, kink?: true): ParityModel => ({
  name: `dense layers with ${activation}`,
  build: tf => chain(tf, [5], tf.layers.dense({ units: 6, activation: activation as 'tanh' }), tf.layers.dense({ units: 3 })),
  ...(kink ? { kink } : {}),
})

const withLayer = (name: string, make: (tf: Tf) => Layer, kink?: true): ParityModel => ({
  name,
  build: tf => chain(tf, [5], tf.layers.dense({ units: 6 }), make(tf), tf.layers.dense({ units: 3 })),
  ...(kink ? { kink } : {}),
})

/** A model of two inputs, joined by a layer. */
const joined = (name: string, make: (tf: Tf) => Layer, kink?: true): ParityModel => ({
  name,
  build: tf => {
    const inputs = [tf.input({ shape: [3] }), tf.input({ shape: [4] })]
    const branches = inputs.map(input => tf.layers.dense({ units: 5, activation: 'tanh' }).apply(input) as Symbolic)
    return tf.model({ inputs, outputs: tf.layers.dense({ units: 2 }).apply(make(tf).apply(branches)) as Symbolic })
  },
  ...(kink ? { kink } : {}),
})

/** A layer of the user's own: x · scale + tanh(x) · shift, both trained. */
function scaled(tf: Tf): Layer {
  class Scaled extends tf.layers.Layer {
    static className = 'Scaled'
    private scale!: ReturnType<Layer['addWeight']>
    private shift!: ReturnType<Layer['addWeight']>
    override build([, size]: number[]) {
      this.scale = this.addWeight('scale', [size!], 'float32', tf.initializers.ones())
      this.shift = this.addWeight('shift', [size!], 'float32', tf.initializers.ones())
      this.built = true
    }
    override call(inputs: Tensor | Tensor[]): Tensor {
      const [x] = [inputs].flat() as [Tensor]
      return tf.tidy(() => tf.add(tf.mul(x, this.scale.read()), tf.mul(tf.tanh(x), this.shift.read())))
    }
    override computeOutputShape(shape: number[]) {
      return shape
    }
  }
  return new Scaled({})
}

function classifier(tf: Tf, activation: 'softmax' | 'sigmoid'): Model {
  return chain(tf, [5], tf.layers.dense({ units: 6, activation: 'tanh' }), tf.layers.dense({ units: 3, activation }))
}

export const denseModels: readonly ParityModel[] = [
  ...['tanh', 'sigmoid', 'softplus', 'softsign', 'elu', 'selu', 'swish', 'mish', 'gelu', 'gelu_new', 'softmax', 'logSoftmax', 'linear'].map(
    activation => perceptron(activation),
  ),
  ...['relu', 'relu6', 'hardSigmoid'].map(activation => perceptron(activation, true)),
  withLayer('a leaky unit', tf => tf.layers.leakyReLU({ alpha: 0.2 }), true),
  withLayer('a parametric unit', tf => tf.layers.prelu({ alphaInitializer: 'ones' }), true),
  // tfjs has no gradient of it: first.
  {
    name: 'a unit with a threshold',
    build: tf => chain(tf, [5], tf.layers.thresholdedReLU({ theta: 0.2 }), tf.layers.dense({ units: 3 })),
  },
  withLayer('a rectifier with a maximum', tf => tf.layers.reLU({ maxValue: 0.5 }), true),
  withLayer('batch normalisation of rows', tf => tf.layers.batchNormalization()),
  withLayer('batch normalisation of rows with another momentum', tf => tf.layers.batchNormalization({ momentum: 0.5, epsilon: 0.1 })),
  withLayer('frozen batch normalisation', tf => tf.layers.batchNormalization({ trainable: false })),
  withLayer('layer normalisation', tf => tf.layers.layerNormalization()),
  withLayer('a layer of the user’s own', scaled),
  withLayer('l1 and l2 regularizers', tf =>
    tf.layers.dense({ units: 4, kernelRegularizer: tf.regularizers.l1l2({ l1: 0.01, l2: 0.02 }), biasRegularizer: 'l1l2' }),
  ),
  withLayer('a maximum norm', tf => tf.layers.dense({ units: 4, kernelConstraint: tf.constraints.maxNorm({ maxValue: 0.8, axis: 0 }) })),
  withLayer('weights that are not negative', tf => tf.layers.dense({ units: 4, kernelConstraint: 'nonNeg', biasConstraint: 'nonNeg' })),
  withLayer('a unit norm', tf => tf.layers.dense({ units: 4, kernelConstraint: 'unitNorm' })),
  withLayer('a minimum and a maximum norm', tf =>
    tf.layers.dense({ units: 4, kernelConstraint: tf.constraints.minMaxNorm({ minValue: 0.9, maxValue: 1, rate: 0.5, axis: 0 }) }),
  ),
  { name: 'softmax and classes', build: tf => classifier(tf, 'softmax'), targets: ['classes'] },
  { name: 'sigmoid and shares', build: tf => classifier(tf, 'sigmoid'), targets: ['shares'], loss: () => 'binaryCrossentropy' },
  {
    name: 'a loss of the user’s own',
    build: tf => classifier(tf, 'sigmoid'),
    loss: tf => (truth: Tensor, guess: Tensor) => tf.mean(tf.log(tf.cosh(tf.sub(truth, guess))), -1),
  },
  {
    name: 'a layer that is used twice',
    build: tf => {
      const shared = tf.layers.dense({ units: 5, activation: 'tanh' })
      return chain(tf, [5], shared, shared, tf.layers.dense({ units: 2 }))
    },
  },
  {
    name: 'a frozen layer in the middle',
    build: tf =>
      chain(tf, [5], ...[true, false, true].map(trainable => tf.layers.dense({ units: 5, activation: 'tanh' as const, trainable }))),
  },
  {
    name: 'tf.sequential with a sequential inside',
    build: tf =>
      tf.sequential({
        layers: [
          tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [5], activation: 'tanh' })] }),
          tf.layers.dense({ units: 2 }),
        ],
      }),
  },
  joined('two inputs, added', tf => tf.layers.add()),
  joined('two inputs, multiplied', tf => tf.layers.multiply()),
  joined('two inputs, side by side', tf => tf.layers.concatenate()),
  joined('two inputs, their mean', tf => tf.layers.average()),
  joined('two inputs, the larger', tf => tf.layers.maximum(), true),
  joined('two inputs, the smaller', tf => tf.layers.minimum(), true),
  joined('two inputs, their product', tf => tf.layers.dot({ axes: 1 })),
  joined('two inputs, their cosine', tf => tf.layers.dot({ axes: 1, normalize: true })),
  {
    name: 'two outputs with two losses',
    build: tf => {
      const inputs = tf.input({ shape: [5] })
      const hidden = tf.layers.dense({ units: 6, activation: 'tanh' }).apply(inputs) as Symbolic
      const outputs = [{ units: 2 }, { units: 3, activation: 'softmax' as const }].map(
        options => tf.layers.dense(options).apply(hidden) as Symbolic,
      )
      return tf.model({ inputs, outputs })
    },
    targets: ['numbers', 'classes'],
  },
]
