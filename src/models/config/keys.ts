/** The keys of a model's config, shared by all families of the zoo. What is not in these tables is an error. */
import { unknownLetter } from '../blocks/layout.js'
import { lossName, lossNames } from '../losses.js'
import { defaultOptimizer, optimizerNames } from '../optimizers.js'
import { predictionNames } from '../predictions.js'
import { scheduleNames } from '../schedules.js'
import { defaultEngine, engineNames } from '../train/engines.js'
import { activationName, activationNames } from './activations.js'
import { inputTypes } from './inputs.js'
import {
  either,
  fraction,
  type Leaf,
  type Level,
  leaf,
  level,
  listOf,
  type Names,
  oneOf,
  perLayer,
  positiveInteger,
  positiveNumber,
  type Rule,
  text,
  trueOrFalse,
  type ValueType,
} from './rules.js'

const activationType: ValueType = [
  `${activationNames.join(', ')}, such a function of tfjs, or null for none`,
  value => value === null || activationName(value) !== undefined,
  activationNames,
]
const layoutType: ValueType = [
  'a layout: text of the letters c n a p v P V f d R + .',
  value => typeof value === 'string' && unknownLetter(value) === undefined,
]
const none: ValueType = ['null', value => value === null]
const off: ValueType = ['false', value => value === false]

const conv = leaf('the convolutions; false leaves them out', off, {
  level: level('the convolutions', { use_bias: leaf('whether each has a bias', trueOrFalse, { default: true }) }),
})
const dense = leaf('the dense layers; false leaves them out', off, {
  level: level('the dense layers', { use_bias: leaf('whether each has a bias', trueOrFalse, { default: true }) }),
})
const batchNorm = leaf('the batch normalisations; false leaves them out', off, {
  level: level('the batch normalisations', {
    momentum: leaf('how much of the moving averages stays at a step', fraction, { default: 0.99 }),
    epsilon: leaf('added to the variance', positiveNumber, { default: 1e-3 }),
  }),
})

/** Parameters that make sense for every layout without dense layers. */
export const convolutionKeys = {
  activation: leaf('the activation of letter a', perLayer(activationType), { default: 'relu' }),
  padding: leaf('padding of convolutions and pooling', oneOf(['same', 'valid']), { default: 'same' }),
  dropout_rate: leaf('the share that letter d drops; 0 for no dropout', perLayer(fraction), { default: 0 }),
  conv,
  batch_norm: batchNorm,
} as const satisfies Record<string, Rule>

/** Parameters that make sense for every part. */
export const commonKeys = { ...convolutionKeys, dense } as const satisfies Record<string, Rule>

/** Parameters of a part that is one layout. Their defaults are BatchFlow's at its last TensorFlow 1 version, but for dropout. */
export const layoutKeys = {
  layout: leaf('the layers, a letter each', either(layoutType, none)),
  filters: leaf('filters of letter c', perLayer(positiveInteger)),
  kernel_size: leaf('kernel size of letter c', perLayer(positiveInteger), { default: 3 }),
  strides: leaf('strides of letter c', perLayer(positiveInteger), { default: 1 }),
  dilation_rate: leaf('dilation of letter c', perLayer(positiveInteger), { default: 1 }),
  pool_size: leaf('window of letters p and v', perLayer(positiveInteger), { default: 2 }),
  pool_strides: leaf('strides of letters p and v', perLayer(positiveInteger), { default: 2 }),
  units: leaf('units of letter f', perLayer(positiveInteger)),
  ...commonKeys,
} as const satisfies Record<string, Rule>

/** What squeeze and excitation takes. */
export const seKeys = {
  ratio: leaf('channels divided by this are the hidden units', positiveInteger, { default: 16 }),
  units: leaf('the hidden units themselves', positiveInteger),
} as const satisfies Record<string, Rule>

/** What a residual block takes, beside the parameters of all parts. */
export const residualKeys = {
  layout: leaf("the branch; null: 'nac' for each convolution", either(layoutType, none), { default: null }),
  bottleneck: leaf('1×1, 3×3, 1×1 convolutions in place of 3×3 ones', trueOrFalse, { default: false }),
  bottleneck_factor: leaf('how many times wider the last of them is', positiveInteger, { default: 4 }),
  post_activation: leaf('layers after the sum: an activation, a layout, or true for an', either(activationType, layoutType, trueOrFalse), {
    default: null,
  }),
  shortcut: leaf('layers of the shortcut where the shape changes: c a 1×1 convolution, n its normalisation', layoutType, { default: 'c' }),
  se_block: leaf('squeeze and excitation; true: ratio 16', trueOrFalse, {
    default: false,
    level: level('squeeze and excitation', seKeys),
  }),
} as const satisfies Record<string, Rule>

const input: Level = level('one input', {
  shape: leaf(
    'shape of one item',
    either(positiveInteger, ['a list of whole numbers above 0', value => listOf(positiveInteger)[1](value)]),
  ),
  classes: leaf(
    'number of classes, or the list of labels',
    either(positiveInteger, ['a list of labels', value => Array.isArray(value) && value.length > 0]),
  ),
  dtype: leaf('element type: numbers that it cannot hold are refused; classes are whole numbers anyway', oneOf(Object.keys(inputTypes)), {
    default: 'float32',
  }),
  transform: leaf('ohe (as without the key): classes are fed by number or value; null: they are fed encoded', either(oneOf(['ohe']), none)),
  name: leaf('name of the encoded values; targets for what the loss takes', text),
})
const inputs: Names = { kind: 'names', summary: 'the inputs by name', each: input }

/** Names and options of optimizers are checked by `inferOptimizer`. */
const optimizer: Leaf = leaf('the optimizer', [`${optimizerNames.join(', ')}; or [name, options]; or { name, …options }`, () => true], {
  default: defaultOptimizer,
  level: {
    kind: 'names',
    summary: 'options of the optimizer',
    each: leaf('an option of the optimizer', ['a number, true or false', () => true]),
  },
})

/** Names and options of schedules are checked by `inferSchedule`. */
const decay: Leaf = leaf(
  'the learning-rate schedule',
  [`null, ${scheduleNames.join(', ')}; or [name, options]; or { name, …options }`, () => true],
  {
    default: null,
    level: {
      kind: 'names',
      summary: 'options of the schedule',
      each: leaf('an option of the schedule', ['a number, a list of numbers, true or false', () => true]),
    },
  },
)

const clipping = leaf('gradient clipping, in one of these ways', either(none, off), {
  default: null,
  level: level('gradient clipping', {
    norm: leaf('the most that the norm of all gradients together may be', positiveNumber),
    variable_norm: leaf('the most that the norm of the gradient of one variable may be', positiveNumber),
    value: leaf('the most that a number of a gradient may be, above or below 0', positiveNumber),
  }),
})

/** Keys of every model: of the zoo, and of the user's own. */
export const sharedKeys = {
  inputs,
  predictions: leaf('what predictions gives of the logits', either(oneOf(predictionNames), none), { default: null }),
  loss: leaf('the loss', [lossNames.join(', '), value => lossName(value) !== undefined, lossNames]),
  optimizer,
  decay,
  gradient_clipping: clipping,
  microbatch_size: leaf(
    'items computed at a time; gradients of a batch are added up before its one update',
    either(positiveInteger, none),
    {
      default: null,
    },
  ),
  engine: leaf('how the training step is computed', oneOf(engineNames), { default: defaultEngine }),
} as const satisfies Record<string, Rule>

const partNames = either(text, listOf(text))

/** The first part of a network, which also says which input it takes. */
export const initialBlockKeys = {
  inputs: leaf('which input the network takes', partNames),
  ...layoutKeys,
} as const satisfies Record<string, Rule>

/** Keys that were called otherwise in earlier versions of BatchFlow. */
export const oldKeys: Readonly<Record<string, string>> = { input_block: 'initial_block' }
