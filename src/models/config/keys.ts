/** The keys of a model's config, shared by all families of the zoo. Any other key is an error. */
import { anyOf, integer, mapOf, nullable, number, oneOf, option, options } from '../../options/index.js'
import { groupKeys } from '../groups/keys.js'
import { lossChoice, lossesChoice } from '../losses/index.js'
import { optimizerChoice } from '../optimizers.js'
import { ownOptimizer } from '../own-optimizer.js'
import { predictionNames } from '../predictions.js'
import { anySchedule } from '../schedules.js'
import { defaultEngine, engineNames } from '../train/engines.js'
import { inputOptions } from './inputs.js'
import { modelClass } from './value-types.js'

const optional = { optional: true } as const
const count = integer({ min: 1 })
const above0 = number({ above: 0 })

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
  model: option('the class of the model, in place of modelClass', modelClass, { ...optional, oldNames: ['model_class'] }),
  inputs: option('the inputs by name', mapOf(inputOptions), optional),
  predictions: option('what predictions makes of the logits', nullable(oneOf(predictionNames), 'for the logits themselves'), {
    default: null,
  }),
  loss: option('the loss; those of a list are added up', lossChoice, optional),
  optimizer: option('the optimizer', anyOf(optimizerChoice, ownOptimizer), { default: {} }),
  decay: option('the learning-rate schedule', nullable(anySchedule), { default: null }),
  ...groupKeys,
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
    'the loss, or a list that is added up; of several outputs one of these for each, in their order or by their names',
    lossesChoice,
    optional,
  ),
}
