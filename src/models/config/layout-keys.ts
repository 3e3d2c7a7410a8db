/** The parameters of layouts, wherever a part of a network is one, or is built from some. */
import { anyOf, boolean, integer, listOf, nullable, number, oneOf, option, options, string } from '../../options/index.js'
import { attention } from './attention.js'
import { initializer } from './initializers.js'
import { layout } from './layout-type.js'
import { norm } from './norms.js'
import { activation, off, perLayer } from './value-types.js'

const optional = { optional: true } as const
const count = integer({ min: 1 })
const share = number({ min: 0, below: 1 })

const withBias = options({ use_bias: option('true if each has a bias', boolean, { default: true }) })

const conv = option('the convolutions; false leaves them out', anyOf(off, withBias), { default: {} })
const dense = option('the dense layers; false leaves them out', anyOf(off, withBias), { default: {} })
const batch_norm = option(
  'the batch normalisations; false leaves all normalisations out',
  anyOf(
    off,
    options({
      momentum: option('the share of the moving averages that stays at a step', share, { default: 0.99 }),
      epsilon: option('added to the variance', number({ above: 0 }), { default: 1e-3 }),
    }),
  ),
  { default: {} },
)

const paddings = oneOf(['same', 'valid', 'torch'])

/** Parameters that make sense for every layout without dense layers. */
export const convolutionKeys = {
  activation: option('the activation of letter a', perLayer(activation), { default: 'relu' }),
  padding: option('padding of convolutions and pooling; torch: zeros on both sides, as PyTorch pads', perLayer(paddings), {
    default: 'same',
  }),
  dropout_rate: option('the share that letter d drops; 0 for no dropout', perLayer(share), { default: 0 }),
  conv,
  norm: option('what letter n is; false leaves normalisations out', norm, { default: 'batch' }),
  batch_norm,
  initializer: option('how the initial kernels are drawn', initializer, { default: 'glorot_uniform' }),
}

/** Parameters that make sense for every part. */
export const partKeys = { ...convolutionKeys, dense }

/** Parameters of all parts at once. */
export const commonKeys = {
  ...partKeys,
  attention: option('the attention of every block, and of letter S', attention, { default: null }),
}

/** Parameters of the layers of a layout. Their defaults are BatchFlow's in its last TensorFlow 1 version, except for dropout. */
export const layerKeys = {
  filters: option('filters of letters c, C and t', perLayer(count), optional),
  kernel_size: option('kernel size of letters c, w, C and t', perLayer(count), { default: 3 }),
  dilation_rate: option('dilation of letters c, w and C', perLayer(count), { default: 1 }),
  groups: option('groups of channels of letter c', perLayer(count), { default: 1 }),
  depth_multiplier: option('channels of letter w per channel of its input', perLayer(count), { default: 1 }),
  transposed_conv: option('the transposed convolutions', withBias, { default: {} }),
  pool_size: option('window of letters p and v', perLayer(count), { default: 2 }),
  pool_strides: option('strides of letters p and v', perLayer(count), { default: 2 }),
  pool_padding: option('padding of letters p and v where it is another one', perLayer(paddings), optional),
  factor: option('how many times more positions letters b, N and X make, per axis', perLayer(count), { default: 2 }),
  units: option('units of letter f', perLayer(count), optional),
}

/** Parameters of a part that is one layout. */
export const layoutKeys = {
  layout: option('the layers, one letter each', nullable(layout, 'for none'), optional),
  ...layerKeys,
  strides: option('strides of letters c, w, C and t', perLayer(count), { default: 1 }),
  ...commonKeys,
  attention: option('the attention of letter S', attention, { default: null }),
}

export const tokensOptions = options({
  class: option('true for a token before those of the positions, which the head may take by letter <', boolean, { default: true }),
  position: option('learned: a trained vector is added to each token', oneOf(['learned', 'none']), { default: 'learned' }),
})

/** The first part of a network, which also states its input. */
export const initialBlockKeys = {
  tokens: option('positions as a list of tokens, for transformers', nullable(tokensOptions, 'for none'), { default: null }),
  inputs: option('which input the network takes', anyOf(string, listOf(string)), optional),
  ...layoutKeys,
}
