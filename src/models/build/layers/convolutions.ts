/** Convolutions and dense layers. */
import { fansOf } from '../initializers.js'
import { axesOf, byAxes, kernelOf, type Makers } from './make.js'

type Names = 'conv' | 'depthwise' | 'transposed' | 'dense'

const isAny = (numbers: readonly number[]) => numbers.some(number => number > 1)

export const convolutions: Makers<Names> = {
  conv: (spec, name, context, inputs) => {
    const { filters, kernelSize, strides, padding, dilationRate, groups, useBias } = spec
    const fans = fansOf(kernelSize, inputs[0]!.at(-1)! / groups, filters / groups)
    const kernelInitializer = kernelOf(context, name, spec, fans)
    const args = { name, filters, kernelSize, strides, padding, dilationRate, useBias, kernelInitializer }
    const axes = axesOf(inputs)
    const { conv1d, conv2d, conv3d } = context.tf.layers
    const { GroupConv1D, GroupConv2D, DilatedConv1D, DilatedConv2D } = context.own.convolutions
    // tfjs has no convolution with a stride and a dilation either.
    if (groups > 1 || (isAny(dilationRate) && isAny(strides))) return new (byAxes(axes, GroupConv1D, GroupConv2D))({ ...args, groups })
    if (isAny(dilationRate)) return new (byAxes(axes, DilatedConv1D, DilatedConv2D))(args)
    return byAxes<(args: any) => any>(axes, conv1d, conv2d, conv3d)(args)
  },
  depthwise: (spec, name, context, inputs) => {
    const { kernelSize, strides, padding, dilationRate, depthMultiplier, useBias } = spec
    const depthwiseInitializer = kernelOf(context, name, spec, fansOf(kernelSize, 1, depthMultiplier))
    const args = { name, kernelSize, strides, padding, dilationRate, depthMultiplier, useBias, depthwiseInitializer }
    const { DepthwiseConv1D, DilatedDepthwiseConv2D } = context.own.convolutions
    if (axesOf(inputs) === 2 && !isAny(dilationRate)) return context.tf.layers.depthwiseConv2d(args as never)
    return new (byAxes(axesOf(inputs), DepthwiseConv1D, DilatedDepthwiseConv2D))(args)
  },
  transposed: (spec, name, context, inputs) => {
    const { filters, kernelSize, strides, padding, useBias } = spec
    const kernelInitializer = kernelOf(context, name, spec, fansOf(kernelSize, inputs[0]!.at(-1)!, filters))
    const args = { name, filters, kernelSize, strides, padding, useBias, kernelInitializer }
    if (axesOf(inputs) === 2) return context.tf.layers.conv2dTranspose(args as never)
    return new (byAxes(axesOf(inputs), context.own.convolutions.Conv1DTranspose))(args)
  },
  dense: (spec, name, context, [input]) => {
    const { units, useBias } = spec
    return context.tf.layers.dense({
      name,
      units,
      useBias,
      kernelInitializer: kernelOf(context, name, spec, fansOf([], input!.at(-1)!, units)),
    })
  },
}
