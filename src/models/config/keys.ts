/** The keys of a model's config, shared by all families of the zoo. Any other key is an error. */
import { anyOf, boolean, integer, listOf, mapOf, nullable, number, oneOf, option, options, string } from '../../options/index.js'
import { lossChoice } from '../losses.js'
import { optimizerChoice } from '../optimizers.js'
import { predictionNames } from '../predictions.js'
import { scheduleChoice } from '../schedules.js'
import { defaultEngine, engineNames } from '../train/engines.js'
import { inputOptions } from './inputs.js'
import { activation, layout, off, perLayer } from './value-types.js'

const optional = { optional: true } as const
const count = integer({ min: 1 })
const share = number({ min: 0, below: 1 })
const above0 = number({ above: 0 })

const withBias = options({ use_bias: option('true if each has a bias', boolean, { default: true }) })

const conv = option('the convolutions; false leaves them out', anyOf(off, withBias), { default: {} })
const dense = option('the dense layers; false leaves them out', anyOf(off, withBias), { default: {} })
const batch_norm = option(
  'the batch normalisations; false leaves them out',
  anyOf(
    off,
    options({
      momentum: option('the share of the moving averages that stays at a step', share, { default: 0.99 }),
      epsilon: option('added to the variance', above0, { default: 1e-3 }),
    }),
  ),
  { default: {} },
)

/** Parameters that make sense for every layout without dense layers. */
export const convolutionKeys = {
  activation: option('the activation of letter a', perLayer(activation), { default: 'relu' }),
  padding: option('padding of convolutions and pooling', oneOf(['same', 'valid']), { default: 'same' }),
  dropout_rate: option('the share that letter d drops; 0 for no dropout', perLayer(share), { default: 0 }),
  conv,
  batch_norm,
}

/** Parameters that make sense for every part. */
export const commonKeys = { ...convolutionKeys, dense }

/** Parameters of a part that is one layout. Their defaults are BatchFlow's in its last TensorFlow 1 version, except for dropout. */
export const layoutKeys = {
  layout: option('the layers, one letter each', nullable(layout, 'for none'), optional),
  filters: option('filters of letter c', perLayer(count), optional),
  kernel_size: option('kernel size of letter c', perLayer(count), { default: 3 }),
  strides: option('strides of letter c', perLayer(count), { default: 1 }),
  dilation_rate: option('dilation of letter c', perLayer(count), { default: 1 }),
  pool_size: option('window of letters p and v', perLayer(count), { default: 2 }),
  pool_strides: option('strides of letters p and v', perLayer(count), { default: 2 }),
  units: option('units of letter f', perLayer(count), optional),
  ...commonKeys,
}

/** Parameters of squeeze and excitation. */
export const seOptions = options({
  ratio: option('channels divided by this are the hidden units', count, { default: 16 }),
  units: option('the hidden units themselves', count, optional),
})

/** Parameters of a residual block, besides those of all parts. */
export const residualKeys = {
  layout: option("the branch; null: 'nac' for each convolution", nullable(layout), { default: null }),
  bottleneck: option('1×1, 3×3, 1×1 convolutions in place of 3×3 ones', boolean, { default: false }),
  bottleneck_factor: option('how many times wider the last of them is', count, { default: 4 }),
  post_activation: option('layers after the sum: an activation, a layout, or true for an', anyOf(activation, layout, boolean), {
    default: null,
  }),
  shortcut: option('layers of the shortcut where the shape changes: c a 1×1 convolution, n its normalisation', layout, { default: 'c' }),
  se_block: option('squeeze and excitation; true: ratio 16', anyOf(boolean, seOptions), { default: false }),
}

const clipping = options(
  {
    norm: option('the maximum norm of all gradients together', above0, optional),
    variable_norm: option('the maximum norm of the gradient of one variable', above0, optional),
    value: option('the maximum absolute value of a number in a gradient', above0, optional),
  },
  { excludes: [['norm', 'variable_norm', 'value']], atLeastOne: ['norm', 'variable_norm', 'value'] },
)

/** Keys of every model: of the zoo, and of the user's own. */
export const sharedKeys = {
  inputs: option('the inputs by name', mapOf(inputOptions), optional),
  predictions: option('what predictions makes of the logits', nullable(oneOf(predictionNames), 'for the logits themselves'), {
    default: null,
  }),
  loss: option('the loss', lossChoice, optional),
  optimizer: option('the optimizer', optimizerChoice, { default: {} }),
  decay: option('the learning-rate schedule', nullable(scheduleChoice), { default: null }),
  gradient_clipping: option('gradient clipping, in one of these ways', anyOf(oneOf([null, false]), clipping), { default: null }),
  microbatch_size: option('items computed at a time; gradients of a batch are summed before its single update', nullable(count), {
    default: null,
  }),
  engine: option('how the training step is computed', oneOf(engineNames), { default: defaultEngine }),
}

/** Keys of a user's own model, which may have several outputs. */
export const ownKeys = {
  ...sharedKeys,
  loss: option(
    'the loss; of several outputs one for each, in their order or by their names',
    anyOf(lossChoice, listOf(lossChoice), mapOf(lossChoice)),
    optional,
  ),
}

/** The first part of a network, which also states its input. */
export const initialBlockKeys = {
  inputs: option('which input the network takes', anyOf(string, listOf(string)), optional),
  ...layoutKeys,
}
