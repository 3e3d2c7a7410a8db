/**
 * tfjs's layers with another computation. They keep tfjs's class names and configs, and are not registered, so
 * a saved model contains plain tfjs layers and plain tfjs loads it.
 */

import { normalizeInTraining } from '../../../graph/fused-batch-norm.js'
import { deriveSeed } from '../../../util/seeds.js'
import type { Layer, Tensor, Tensor1D, Tf } from '../../tf-types.js'
import type { Clock } from '../stateless-draws.js'
import { dropInTraining } from '../stateless-dropout.js'
import { gelu } from './gelu.js'
import { normalizeChannels } from './normalize.js'
import type { LayerClass } from './own-layer.js'

interface LayerVariable {
  read(): Tensor
  write(value: Tensor): void
}

export interface StockLayers {
  batchNormalization(args: { name: string; momentum: number; epsilon: number }): Layer
  /** Over the channels, in few operations. */
  layerNormalization(args: { name: string; epsilon: number }): Layer
  /** The activation of that name. */
  gelu(args: { name: string }): Layer
  /** Its draws are a pure function of the seed, the layer's path and the clock. */
  dropout(args: { name: string; rate: number }, seed: number, clock: Clock): Layer
}

/** The layers for this TensorFlow. */
export function createStockLayers(tf: Tf): StockLayers {
  const StockNorm = tf.layers.batchNormalization({}).constructor as LayerClass
  const StockLayerNorm = tf.layers.layerNormalization({}).constructor as LayerClass
  const StockActivation = tf.layers.activation({ activation: 'gelu' }).constructor as LayerClass
  const StockDropout = tf.layers.dropout({ rate: 0 }).constructor as LayerClass

  class BatchNormalization extends StockNorm {
    static readonly className = 'BatchNormalization'

    call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor {
      if (!kwargs.training) return super.call(inputs, kwargs)
      return tf.tidy(() => {
        const [x] = [inputs].flat() as [Tensor]
        return normalizeInTraining(tf, x, this.gamma.read(), this.beta.read(), this.epsilon, (mean: Tensor1D, variance: Tensor1D) => {
          moveTowards(this.movingMean, mean, 1 - this.momentum)
          moveTowards(this.movingVariance, variance, 1 - this.momentum)
        })
      })
    }
  }

  class LayerNormalization extends StockLayerNorm {
    static readonly className = 'LayerNormalization'

    call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => normalizeChannels(tf, [inputs].flat()[0]!, this.gamma.read(), this.beta.read(), this.epsilon))
    }
  }

  class Gelu extends StockActivation {
    static readonly className = 'Activation'

    call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => gelu(tf, [inputs].flat()[0]!))
    }
  }

  class Dropout extends StockDropout {
    static readonly className = 'Dropout'

    constructor(
      args: { rate: number; name: string },
      readonly ownSeed: number,
      readonly clock: Clock,
    ) {
      super(args)
    }

    call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor | Tensor[] {
      if (!kwargs.training) return inputs
      return tf.tidy(() => dropInTraining(tf, [inputs].flat()[0] as Tensor, this.rate, this.ownSeed, this.clock))
    }
  }

  function moveTowards(average: LayerVariable, value: Tensor, share: number): void {
    tf.tidy(() => {
      const old = average.read()
      average.write(tf.sub(old, tf.mul(tf.sub(old, value), share)))
    })
  }

  return {
    batchNormalization: args => new BatchNormalization(args) as unknown as Layer,
    layerNormalization: args => new LayerNormalization(args) as unknown as Layer,
    gelu: args => new Gelu({ ...args, activation: 'gelu' }) as unknown as Layer,
    dropout: (args, seed, clock) => new Dropout(args, deriveSeed(seed, args.name, 'dropout'), clock) as unknown as Layer,
  }
}
