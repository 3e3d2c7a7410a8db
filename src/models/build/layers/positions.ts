/** Pooling, padding, cropping and resizing. */
import { axesOf, byAxes, type Makers } from './make.js'
import { makeOwn } from './own.js'

type Names = 'pool' | 'adaptivePool' | 'globalPool' | 'pad' | 'crop' | 'upsample'
type Pair = [number, number]

export const positions: Makers<Names> = {
  pool: ({ op, poolSize, strides, padding }, name, { tf }, inputs) => {
    const { maxPooling1d, maxPooling2d, maxPooling3d, averagePooling1d, averagePooling2d, averagePooling3d } = tf.layers
    const [of1, of2, of3] =
      op === 'max' ? [maxPooling1d, maxPooling2d, maxPooling3d] : [averagePooling1d, averagePooling2d, averagePooling3d]
    return byAxes<(args: any) => any>(axesOf(inputs), of1, of2, of3)({ name, poolSize, strides, padding })
  },
  adaptivePool: (spec, name, context, inputs) => {
    const poolSize = spec.size.map((parts, axis) => inputs[0]![axis]! / parts)
    if (!poolSize.every(Number.isInteger)) return makeOwn('adaptivePool', spec, name, context)
    return positions.pool({ type: 'pool', op: 'mean', poolSize, strides: poolSize, padding: 'valid' }, name, context, inputs)
  },
  globalPool: ({ op }, name, { tf }, inputs) => {
    const { globalMaxPooling1d, globalMaxPooling2d, globalAveragePooling1d, globalAveragePooling2d } = tf.layers
    const [of1, of2] = op === 'max' ? [globalMaxPooling1d, globalMaxPooling2d] : [globalAveragePooling1d, globalAveragePooling2d]
    return byAxes<(args: any) => any>(axesOf(inputs), of1, of2)({ name })
  },
  pad: (spec, name, context, inputs) => {
    if (axesOf(inputs) !== 2) return makeOwn('zeroPadding', spec, name, context)
    return context.tf.layers.zeroPadding2d({ name, padding: spec.padding.map(pair => [...pair]) as [Pair, Pair] })
  },
  crop: (spec, name, context, inputs) => {
    if (axesOf(inputs) !== 2) return makeOwn('crop', spec, name, context)
    const cropping = spec.size.map((length, axis) => [0, inputs[0]![axis]! - length]) as [Pair, Pair]
    return context.tf.layers.cropping2D({ name, cropping })
  },
  upsample: (spec, name, context, inputs) => {
    const factors = spec.size.map((length, axis) => length / inputs[0]![axis]!) as Pair
    const isStock = axesOf(inputs) === 2 && spec.op === 'nearest' && factors.every(Number.isInteger)
    return isStock ? context.tf.layers.upSampling2d({ name, size: factors }) : makeOwn('resize', spec, name, context)
  },
}
