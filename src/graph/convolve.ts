/**
 * Convolutions with groups of channels and with dilation, by TensorFlow's kernels if there are any for this device, otherwise by tfjs's
 * plain convolutions. tfjs's own kernels refuse groups, and the gradient of a dilation.
 */
import { type NodeBackend, nodeBackend, type RawAttribute, runsOperations, type Tensor, toRawAttributes } from './backend.js'
import { ints, string, type } from './ir/attributes.js'
import type { Tensorflow as Tf } from './tensorflow.js'

type Tensor4D = import('@tensorflow/tfjs-node-gpu').Tensor4D
type Pair = readonly [number, number]

export interface ConvolveOptions {
  readonly strides: Pair
  readonly dilations: Pair
  readonly padding: 'same' | 'valid'
}

/**
 * The convolution of images `[batch, height, width, channels]` by a filter `[height, width, channels / groups, filters]`: the n-th group
 * of filters takes the n-th group of channels. Differentiable in both.
 *
 * @example
 * // 4 groups of 8 channels, every other pixel of a 5×5 window
 * convolve(tf, tf.zeros([1, 9, 9, 32]), tf.zeros([3, 3, 8, 64]), { strides: [1, 1], dilations: [2, 2], padding: 'same' })
 */
export function convolve(tf: Tf, x: Tensor4D, filter: Tensor4D, options: ConvolveOptions): Tensor4D {
  return hasConvolutionKernels(tf) ? byKernels(tf, x, filter, options) : byPlainConvolutions(tf, x, filter, options)
}

const known = new WeakMap<Tf, boolean>()

/**
 * True if TensorFlow computes these convolutions and their gradients on its device. On CPUs only oneDNN does, which is not part of every
 * build and is off with `TF_ENABLE_ONEDNN_OPTS=0`. The first call tries it, and must not be in a function that is being traced.
 */
export function hasConvolutionKernels(tf: Tf): boolean {
  if (!runsOperations(tf.backend())) return false
  const before = known.get(tf)
  if (before !== undefined) return before
  const works = tf.tidy(() => ({ works: tryKernels(tf) })).works
  known.set(tf, works)
  return works
}

function tryKernels(tf: Tf): boolean {
  const options: ConvolveOptions = { strides: [1, 1], dilations: [2, 2], padding: 'same' }
  try {
    gradients(tf, tf.zeros([1, 3, 3, 2]), [tf.zeros([1, 3, 3, 4]), tf.zeros([2, 2, 2, 2])], options)
    return true
  } catch {
    return false
  }
}

function byKernels(tf: Tf, x: Tensor4D, filter: Tensor4D, options: ConvolveOptions): Tensor4D {
  const run = tf.customGrad((...args: any[]) => {
    const [images, weights, save] = args as [Tensor4D, Tensor4D, (tensors: Tensor[]) => void]
    const backend = nodeBackend(tf)
    const value = backend.executeSingleOutput('Conv2D', attributes(backend, options), [images, weights])
    save([images, weights])
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => gradients(tf, dy, saved as [Tensor, Tensor], options) }
  })
  return run(x, filter) as Tensor4D
}

function gradients(tf: Tf, dy: Tensor, [x, filter]: readonly [Tensor, Tensor], options: ConvolveOptions): Tensor[] {
  const backend = nodeBackend(tf)
  const given = attributes(backend, options)
  const sizes = (tensor: Tensor) => tf.tensor1d(tensor.shape, 'int32')
  return [
    backend.executeSingleOutput('Conv2DBackpropInput', given, [sizes(x), filter, dy]),
    backend.executeSingleOutput('Conv2DBackpropFilter', given, [x, sizes(filter), dy]),
  ]
}

function attributes({ binding }: NodeBackend, { strides, dilations, padding }: ConvolveOptions): readonly RawAttribute[] {
  return toRawAttributes(binding, {
    T: type('float32'),
    strides: ints([1, ...strides, 1]),
    padding: string(padding.toUpperCase()),
    data_format: string('NHWC'),
    dilations: ints([1, ...dilations, 1]),
  })
}

/** One convolution per group, with zeros between the taps. Where each channel is a group, there is a kernel for all at once. */
function byPlainConvolutions(tf: Tf, x: Tensor4D, filter: Tensor4D, { strides, dilations, padding }: ConvolveOptions): Tensor4D {
  const spread = spreadRows(tf, spreadRows(tf, filter, 0, dilations[0]), 1, dilations[1])
  const groups = x.shape[3] / filter.shape[2]
  const plain = (images: Tensor4D, taps: Tensor4D): Tensor4D => tf.conv2d(images, taps, strides as [number, number], padding)
  if (groups === 1) return plain(x, spread)
  if (groups === x.shape[3]) {
    const [height, width, , filters] = spread.shape
    const depthwise: Tensor4D = tf.reshape(spread, [height, width, groups, filters / groups])
    return tf.depthwiseConv2d(x, depthwise, strides as [number, number], padding)
  }
  const [images, filters] = [tf.split(x, groups, 3), tf.split(spread, groups, 3)] as [Tensor4D[], Tensor4D[]]
  return tf.concat(
    images.map((part, i) => plain(part, filters[i]!)),
    3,
  )
}

/** The filter with `dilation - 1` zeros between its taps along an axis. */
function spreadRows(tf: Tf, filter: Tensor4D, axis: 0 | 1, dilation: number): Tensor4D {
  const { shape } = filter
  const taps = shape[axis]
  if (dilation === 1 || taps === 1) return filter
  const before = shape.slice(0, axis).reduce((product, length) => product * length, 1)
  const after = shape.slice(axis + 1).reduce((product, length) => product * length, 1)
  const apart = tf.pad(tf.reshape(filter, [before * taps, 1, after]), [
    [0, 0],
    [0, dilation - 1],
    [0, 0],
  ])
  const length = (taps - 1) * dilation + 1
  const cut = tf.slice(tf.reshape(apart, [before, taps * dilation, after]), [0, 0, 0], [before, length, after])
  const result = [...shape]
  result[axis] = length
  return tf.reshape(cut, result as Tensor4D['shape'])
}
