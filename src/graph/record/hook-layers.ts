/** While tracing, layers report their names, and batch normalisation runs by its fused kernels. */
import type { Tensor } from '../backend.js'
import { normalizeInTraining } from '../fused-batch-norm.js'
import { type Restore, replaceMethods } from './hooks.js'
import type { Recorder } from './recorder.js'

interface Layer {
  readonly name: string
  readonly stateful: boolean
  apply(...args: unknown[]): unknown
}
interface LayerVariable {
  read(): Tensor
  write(value: Tensor): void
}
interface BatchNormalization {
  readonly axis: number
  readonly scale: boolean
  readonly center: boolean
  readonly epsilon: number
  readonly momentum: number
  readonly gamma: LayerVariable
  readonly beta: LayerVariable
  readonly movingMean: LayerVariable
  readonly movingVariance: LayerVariable
  call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor
}

export function hookLayers(recorder: Recorder): Restore[] {
  const { tf } = recorder
  const Base = (tf as unknown as { layers: { Layer: { prototype: Layer } } }).layers.Layer
  const { apply } = Base.prototype
  const norm = Object.getPrototypeOf(tf.layers.batchNormalization({})) as BatchNormalization
  const { call } = norm
  return [
    replaceMethods(Base.prototype, {
      apply(this: Layer, ...args: unknown[]) {
        recorder.layers.push(this.name)
        try {
          if (this.stateful) recorder.refuse('stateful', 'it keeps its state in JavaScript')
          return apply.apply(this, args)
        } finally {
          recorder.layers.pop()
        }
      },
    }),
    replaceMethods(norm, {
      call(this: BatchNormalization, inputs, kwargs) {
        const [x] = [inputs].flat() as [Tensor]
        const isLast = this.axis === -1 || this.axis === x.rank - 1
        return kwargs.training && isLast && x.dtype === 'float32' ? fusedCall(recorder, this, x) : call.call(this, inputs, kwargs)
      },
    }),
  ]
}

function fusedCall({ tf }: Recorder, layer: BatchNormalization, x: Tensor): Tensor {
  const channels = [x.shape.at(-1)!] as [number]
  const gamma = layer.scale ? layer.gamma.read() : tf.ones(channels)
  const beta = layer.center ? layer.beta.read() : tf.zeros(channels)
  return normalizeInTraining(tf, x, gamma as never, beta as never, layer.epsilon, (mean, variance) => {
    for (const [average, value] of [[layer.movingMean, mean] as const, [layer.movingVariance, variance] as const]) {
      const old = average.read()
      average.write(tf.sub(old, tf.mul(tf.sub(old, value), 1 - layer.momentum)))
    }
  })
}
