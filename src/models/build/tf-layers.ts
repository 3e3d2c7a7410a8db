/** Makes tfjs's layer from a layer's description. */
import { activations } from '../config/activations.js'
import type { LayerSpec, LayerType, SpecOf } from '../plan/layer-spec.js'
import type { Layer, SymbolicTensor, Tf } from '../tf-types.js'
import { glorotInitializer } from './initializers.js'
import type { OwnLayers } from './own-layers.js'
import type { Clock } from './stateless-dropout.js'

export interface LayerContext {
  readonly tf: Tf
  readonly own: OwnLayers
  readonly seed: number
  readonly clock: Clock
}

type Make<T extends LayerType> = (spec: SpecOf<T>, name: string, context: LayerContext, axes: number) => Layer

const makers: { readonly [T in Exclude<LayerType, 'input'>]: Make<T> } = {
  conv: (spec, name, { tf, seed }, axes) => {
    const { filters, kernelSize, strides, padding, dilationRate, useBias } = spec
    const args = {
      name,
      filters,
      kernelSize,
      strides,
      padding,
      dilationRate,
      useBias,
      kernelInitializer: glorotInitializer(tf, seed, `${name}/kernel`),
    }
    return byAxes(axes, tf.layers.conv1d, tf.layers.conv2d, tf.layers.conv3d)(args)
  },
  norm: ({ momentum, epsilon }, name, { own }) => own.batchNormalization({ name, momentum, epsilon }),
  activation: ({ activation }, name, { tf }) => tf.layers.activation({ name, activation: activations[activation] }),
  pool: ({ op, poolSize, strides, padding }, name, { tf }, axes) => {
    const { maxPooling1d, maxPooling2d, maxPooling3d, averagePooling1d, averagePooling2d, averagePooling3d } = tf.layers
    const make =
      op === 'max'
        ? byAxes(axes, maxPooling1d, maxPooling2d, maxPooling3d)
        : byAxes(axes, averagePooling1d, averagePooling2d, averagePooling3d)
    return make({ name, poolSize, strides, padding })
  },
  globalPool: ({ op }, name, { tf }, axes) => {
    const { globalMaxPooling1d, globalMaxPooling2d, globalAveragePooling1d, globalAveragePooling2d } = tf.layers
    const make =
      op === 'max' ? byAxes(axes, globalMaxPooling1d, globalMaxPooling2d) : byAxes(axes, globalAveragePooling1d, globalAveragePooling2d)
    return make({ name })
  },
  flatten: (_, name, { tf }) => tf.layers.flatten({ name }),
  dense: ({ units, useBias }, name, { tf, seed }) =>
    tf.layers.dense({ name, units, useBias, kernelInitializer: glorotInitializer(tf, seed, `${name}/kernel`) }),
  dropout: ({ rate }, name, { own, seed, clock }) => own.dropout({ name, rate }, seed, clock),
  add: (_, name, { tf }) => tf.layers.add({ name }),
  concat: (_, name, { tf }) => tf.layers.concatenate({ name, axis: -1 }),
  reshape: ({ shape }, name, { tf }) => tf.layers.reshape({ name, targetShape: [...shape] }),
  multiply: (_, name, { tf }) => tf.layers.multiply({ name }),
}

/** Makes a layer and applies it. */
export function applyLayer(
  spec: Exclude<LayerSpec, { type: 'input' }>,
  name: string,
  inputs: SymbolicTensor[],
  context: LayerContext,
): SymbolicTensor {
  const make = makers[spec.type] as Make<LayerType>
  const layer = make(spec as never, name, context, inputs[0]!.shape.length - 2)
  return layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as SymbolicTensor
}

function byAxes(axes: number, ...makers: readonly ((args: any) => unknown)[]): (args: object) => Layer {
  const make = makers[axes - 1]
  if (!make) throw new RangeError(`tfjs has no such layer for ${axes} axes`)
  return make as (args: object) => Layer
}
