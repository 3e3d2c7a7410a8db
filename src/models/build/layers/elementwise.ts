/** Normalisation, activations, dropout and what combines layers. */
import { stockActivations } from '../../config/activations.js'
import type { Makers } from './make.js'
import { makeOwn } from './own.js'

type Names = 'norm' | 'layerNorm' | 'activation' | 'prelu' | 'dropout' | 'flatten' | 'add' | 'concat' | 'reshape' | 'multiply'

export const elementwise: Makers<Names> = {
  norm: ({ momentum, epsilon }, name, { stock }) => stock.batchNormalization({ name, momentum, epsilon }),
  layerNorm: ({ epsilon }, name, { stock }) => stock.layerNormalization({ name, epsilon }),
  activation: (spec, name, context) => {
    const { activation } = spec
    if (activation === 'h_sigmoid') return makeOwn('hardSigmoid', spec, name, context)
    if (activation === 'h_swish') return makeOwn('hardSwish', spec, name, context)
    if (activation === 'leaky_relu') return context.tf.layers.leakyReLU({ name, alpha: 0.2 })
    if (activation === 'gelu') return context.stock.gelu({ name })
    return context.tf.layers.activation({ name, activation: stockActivations[activation] })
  },
  prelu: (_, name, { tf }, [input]) => {
    const sharedAxes = input!.slice(0, -1).map((_, axis) => axis + 1)
    return tf.layers.prelu({ name, alphaInitializer: tf.initializers.constant({ value: 0.25 }), sharedAxes })
  },
  dropout: ({ rate }, name, { stock, seed, clock }) => stock.dropout({ name, rate }, seed, clock),
  flatten: (_, name, { tf }) => tf.layers.flatten({ name }),
  add: (_, name, { tf }) => tf.layers.add({ name }),
  concat: (_, name, { tf }) => tf.layers.concatenate({ name, axis: -1 }),
  reshape: ({ shape }, name, { tf }) => tf.layers.reshape({ name, targetShape: [...shape] }),
  multiply: (_, name, { tf }) => tf.layers.multiply({ name }),
}
