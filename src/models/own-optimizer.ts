/** An optimizer that a program passes itself: an object of tfjs or of a class of its own, or a function that makes one. */
import { fail } from '../errors/index.js'
import { live } from '../options/index.js'
import { describeKind } from '../util/describe-value.js'
import { isPlainObject } from '../util/json.js'
import { getLearningRate } from './optimizers.js'
import type { Optimizer, Tf } from './tf-types.js'

/** Makes an optimizer for each model, and for each of its groups. */
export type OptimizerFactory = (tf: Tf) => Optimizer

/** True for an optimizer's object, not for a function that makes one. */
const isOptimizer = (value: unknown): value is Optimizer =>
  !isPlainObject(value) && typeof (value as Partial<Optimizer> | null)?.applyGradients === 'function'

/** An optimizer as a config may pass it from a program. */
export const ownOptimizer = live<Optimizer | OptimizerFactory>('a tf.Optimizer, or a function (tf) => tf.Optimizer', value =>
  isOwnOptimizer(value),
)

/** True for what a program passes, false for a name with options. */
export const isOwnOptimizer = (value: unknown): value is Optimizer | OptimizerFactory => typeof value === 'function' || isOptimizer(value)

const taken = new WeakSet<Optimizer>()

/**
 * The optimizer that a config passes. An object serves one model: it keeps state by the position of a variable among the gradients.
 *
 * @throws MillraceError `wrong-optimizer` for what is none, and for an object that has served another model.
 */
export function takeOptimizer(tf: Tf, model: string, given: Optimizer | OptimizerFactory): Optimizer {
  const optimizer: unknown = typeof given === 'function' ? call(tf, model, given) : given
  if (!isOptimizer(optimizer)) return fail('wrong-optimizer', { model, why: `its function returns ${describeKind(optimizer)}` })
  const rate: unknown = getLearningRate(optimizer)
  if (rate !== undefined && typeof rate !== 'number') fail('wrong-optimizer', { model, why: `its learning rate is ${describeKind(rate)}` })
  if (taken.has(optimizer)) fail('wrong-optimizer', { model, why: 'the same object has been given to a model before' })
  taken.add(optimizer)
  return optimizer
}

function call(tf: Tf, model: string, factory: OptimizerFactory): unknown {
  try {
    return factory(tf)
  } catch (cause) {
    return fail(
      'wrong-optimizer',
      { model, why: `its function fails: ${cause instanceof Error ? cause.message : String(cause)}` },
      {},
      cause,
    )
  }
}

/** The name of an optimizer's class. */
export const classOf = (optimizer: Optimizer): string => optimizer.constructor.name
