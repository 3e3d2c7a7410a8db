/**
 * Convolutions that tfjs lacks. They extend tfjs's, which read and write kernel, bias, initializers, regularizers and activation. Lines are
 * images of one row.
 */
import { type ConvolveOptions, convolve, hasConvolutionKernels } from '../../../graph/convolve.js'
import type { Tensor, Tensor4D, Tf } from '../../tf-types.js'
import type { LayerClass } from './own-layer.js'

type Args = Readonly<Record<string, unknown>>
type Shape = readonly (number | null)[]
type Pair = [number, number]

/** A layer of tfjs's `BaseConv`, as its subclasses see it. */
interface Convolution {
  readonly name: string
  readonly strides: readonly number[]
  readonly dilationRate: number | readonly number[]
  readonly padding: 'same' | 'valid'
  readonly bias: { read(): Tensor } | null
  readonly activation: { apply(x: Tensor): Tensor } | null
}

export type ConvolutionName = 'DilatedConv1D' | 'DilatedConv2D' | (typeof registered)[number]

/** What saved models name and plain tfjs does not have. */
export const registered = ['GroupConv1D', 'GroupConv2D', 'DepthwiseConv1D', 'DilatedDepthwiseConv2D', 'Conv1DTranspose'] as const

/** The classes for this TensorFlow. */
export function createConvolutions(tf: Tf): Readonly<Record<ConvolutionName, LayerClass>> {
  const { conv1d, conv2d, depthwiseConv2d, conv2dTranspose } = tf.layers
  // Finds out before a function is traced.
  hasConvolutionKernels(tf)
  const sample = { filters: 1, kernelSize: 1 }
  const [Conv1D, Conv2D, DepthwiseConv2D, Conv2DTranspose] = [
    conv1d(sample),
    conv2d(sample),
    depthwiseConv2d(sample),
    conv2dTranspose(sample),
  ].map(layer => layer.constructor as LayerClass) as [LayerClass, LayerClass, LayerClass, LayerClass]

  /** The convolution of images or lines by a kernel with as many axes, with the layer's settings. */
  const apply = (layer: Convolution, x: Tensor, kernel: Tensor): Tensor =>
    finish(
      layer,
      onImages(tf, x, images => convolve(tf, images, (kernel.rank === 3 ? tf.expandDims(kernel) : kernel) as Tensor4D, settingsOf(layer))),
    )

  const finish = ({ bias, activation }: Convolution, x: Tensor): Tensor => {
    const biased = bias ? tf.add(x, bias.read()) : x
    return activation ? activation.apply(biased) : biased
  }

  /** tfjs's class and config: plain tfjs loads it, and predicts. */
  const dilated = (Base: LayerClass, className: string): LayerClass =>
    class extends Base {
      static readonly className = className

      call(inputs: Tensor | Tensor[]): Tensor {
        return tf.tidy(() => apply(this as never, [inputs].flat()[0]!, this.kernel.read()))
      }
    }

  const grouped = (Base: LayerClass, className: string): LayerClass =>
    class extends Base {
      static readonly className = className
      readonly groups: number

      constructor(args: object) {
        super(args)
        this.groups = (args as { readonly groups: number }).groups
      }

      build(shape: Shape): void {
        const channels = shape.at(-1)!
        addWeights(this, 'kernel', [...this.kernelSize, channels / this.groups, this.filters], this.filters)
        this.inputSpec = [{ ndim: shape.length, axes: { [shape.length - 1]: channels } }]
      }

      call(inputs: Tensor | Tensor[]): Tensor {
        return tf.tidy(() => apply(this as never, [inputs].flat()[0]!, this.kernel.read()))
      }

      getConfig(): object {
        return { ...super.getConfig(), groups: this.groups }
      }
    }

  /** Each channel is a group; without dilation, TensorFlow has a kernel for that. */
  const depthwise = (layer: any, x: Tensor): Tensor => {
    const kernel = layer.depthwiseKernel.read() as Tensor
    const { strides, dilations, padding } = settingsOf(layer)
    const window = kernel.shape.slice(0, -2)
    if (dilations.some(rate => rate > 1)) {
      return apply(layer, x, tf.reshape(kernel, [...window, 1, kernel.shape.at(-2)! * kernel.shape.at(-1)!]))
    }
    const filter = (kernel.rank === 3 ? tf.expandDims(kernel) : kernel) as Tensor4D
    return finish(
      layer,
      onImages(tf, x, images => tf.depthwiseConv2d(images, filter, strides as Pair, padding)),
    )
  }

  class DilatedDepthwiseConv2D extends DepthwiseConv2D {
    static readonly className: string = 'DilatedDepthwiseConv2D'

    call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => depthwise(this, [inputs].flat()[0]!))
    }

    computeOutputShape(shape: Shape): Shape {
      return [shape[0]!, ...outputLengths(this as never, shape, this.kernelSize), shape.at(-1)! * this.depthMultiplier]
    }
  }

  class DepthwiseConv1D extends DilatedDepthwiseConv2D {
    static override readonly className = 'DepthwiseConv1D'

    constructor(args: object) {
      super(asImages(args as Args))
    }

    build(shape: Shape): void {
      const channels = shape.at(-1)!
      const kernel = [this.kernelSize[1], channels, this.depthMultiplier]
      addWeights(this, 'depthwise', kernel, channels * this.depthMultiplier)
    }

    override computeOutputShape(shape: Shape): Shape {
      const [batch, , length, channels] = super.computeOutputShape([shape[0]!, 1, ...shape.slice(1)]) as [null, 1, number, number]
      return [batch, length, channels]
    }

    getConfig(): object {
      return asLines(super.getConfig())
    }
  }

  class Conv1DTranspose extends Conv2DTranspose {
    static readonly className = 'Conv1DTranspose'

    constructor(args: object) {
      super(asImages(args as Args))
      this.inputSpec = [{ ndim: 3 }]
    }

    build(shape: Shape): void {
      addWeights(this, 'kernel', [this.kernelSize[1], this.filters, shape.at(-1)!], this.filters)
    }

    call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => {
        const x = [inputs].flat()[0]!
        const kernel = tf.expandDims(this.kernel.read()) as Tensor4D
        const [, length] = this.computeOutputShape(x.shape) as [null, number]
        const strides: Pair = [1, this.strides[1]]
        const shape = [x.shape[0]!, 1, length, this.filters] as Tensor4D['shape']
        return finish(
          this as never,
          onImages(tf, x, images => tf.conv2dTranspose(images, kernel, shape, strides, this.padding)),
        )
      })
    }

    computeOutputShape(shape: Shape): Shape {
      const [batch, , length, filters] = super.computeOutputShape([shape[0]!, 1, ...shape.slice(1)])
      return [batch, length, filters]
    }

    getConfig(): object {
      return asLines(super.getConfig())
    }
  }

  return {
    DilatedConv1D: dilated(Conv1D, 'Conv1D'),
    DilatedConv2D: dilated(Conv2D, 'Conv2D'),
    GroupConv1D: grouped(Conv1D, 'GroupConv1D'),
    GroupConv2D: grouped(Conv2D, 'GroupConv2D'),
    DepthwiseConv1D,
    DilatedDepthwiseConv2D,
    Conv1DTranspose,
  }
}

/** Adds kernel and bias, as `BaseConv` does. */
function addWeights(layer: any, kind: 'kernel' | 'depthwise', shape: readonly number[], filters: number): void {
  const [field, name] = kind === 'kernel' ? ['kernel', 'kernel'] : ['depthwiseKernel', 'depthwise_kernel']
  const [initializer, regularizer, constraint] = ['Initializer', 'Regularizer', 'Constraint'].map(part => layer[`${kind}${part}`])
  layer[field] = layer.addWeight(name, [...shape], 'float32', initializer, regularizer, true, constraint)
  layer.bias = layer.useBias
    ? layer.addWeight('bias', [filters], 'float32', layer.biasInitializer, layer.biasRegularizer, true, layer.biasConstraint)
    : null
  layer.built = true
}

/** The result of `work` on images; lines become images of one row, and the result lines. */
function onImages(tf: Tf, x: Tensor, work: (images: Tensor4D) => Tensor): Tensor {
  return x.rank === 3 ? tf.squeeze(work(tf.expandDims(x, 1) as Tensor4D), [1]) : work(x as Tensor4D)
}

function settingsOf({ strides, dilationRate, padding }: Convolution): ConvolveOptions {
  const pair = (numbers: readonly number[]): Pair => (numbers.length === 1 ? [numbers[0]!, numbers[0]!] : [numbers[0]!, numbers[1]!])
  return { strides: pair(strides), dilations: pair([dilationRate].flat()), padding }
}

function outputLengths({ strides, dilationRate, padding }: Convolution, shape: Shape, window: readonly number[]): (number | null)[] {
  const dilations = [dilationRate].flat()
  return window.map((length, axis) => {
    const reach = (length - 1) * (dilations[axis] ?? dilations[0]!) + 1
    const input = shape[axis + 1]
    return input == null ? null : Math.ceil((padding === 'same' ? input : input - reach + 1) / strides[axis]!)
  })
}

const perAxis = ['kernelSize', 'strides', 'dilationRate'] as const

/** Arguments of a layer of lines as those of one of images of one row. */
function asImages(args: Args): Args {
  const pairs = perAxis
    .filter(key => args[key] !== undefined)
    .map(key => [key, key === 'kernelSize' ? [1, ...[args[key]].flat()] : Array(2).fill([args[key]].flat()[0])])
  return { ...args, ...Object.fromEntries(pairs) }
}

/** The config of a layer of lines. */
function asLines(config: Args): Args {
  const lists = perAxis.filter(key => Array.isArray(config[key])).map(key => [key, (config[key] as number[]).slice(1)])
  return { ...config, ...Object.fromEntries(lists) }
}
