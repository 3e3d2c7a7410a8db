/** Rows of the table of losses: means of one number per position or value, and means of one number per class. */
import { listOf, nullable, number, type OptionTable, oneOf, option, options, type ValuesOf } from '../../options/index.js'
import type { Scalar, Tensor, Tf } from '../tf-types.js'
import { type Formula, type LossContext, type LossRow, SMALLEST } from './loss.js'

const weight = option('what it is multiplied by, where losses are added up', number({ min: 0 }), { default: 1 })

/** Weights of the classes: an option of losses that compare them. */
export const weights = option(
  'a weight for each class, in their order: the loss is the weighted mean',
  nullable(listOf(number({ min: 0 })), 'for equal weights'),
  { default: null },
)

/** How logits become probabilities: an option of losses that take probabilities of either kind. */
export const activation = option(
  'what makes probabilities of logits, if the network ends in none',
  nullable(oneOf(['softmax', 'sigmoid']), 'for sigmoid of one output, softmax of several'),
  { default: null },
)

/** What a loss compares. */
export interface Compared extends LossContext {
  readonly targets: Tensor
  readonly outputs: Tensor
}

/** What a loss compares, and what tfjs's losses make of their values: nothing where they are weighed, their mean otherwise. */
export interface Reduced extends Compared {
  readonly reduction: number
}

/** The values, or their mean. */
export function reduce({ tf, reduction }: Reduced, values: Tensor): Tensor {
  return reduction === tf.Reduction.NONE ? values : tf.mean(values)
}

interface Definition<O extends OptionTable> extends Pick<LossRow, 'summary' | 'on'> {
  readonly comparesClasses?: boolean
  /** Besides `weight`. */
  readonly options: O
}

/** What a mean is over: positions, each with one number of all its classes, or single values. */
type Per = 'position' | 'value'

interface MeanDefinition<O extends OptionTable> extends Definition<O> {
  readonly per: Per | ((targets: Tensor, context: LossContext, options: ValuesOf<O>) => Per)
  /**
   * By `reduction`, one number per position (the targets' shape without the last axis, or with 1 there) or per value, or the mean of them
   * all, as tfjs's losses have it.
   */
  readonly values: (compared: Reduced, options: ValuesOf<O>) => Tensor
}

/** A loss that is the mean over what counts. */
export function mean<const O extends OptionTable>({ per, values, ...definition }: MeanDefinition<O>) {
  return row(definition, false, chosen => {
    const perOf = typeof per === 'string' ? () => per : (targets: Tensor, context: LossContext) => per(targets, context, chosen)
    const weightsOf = (targets: Tensor, context: LossContext) => weigh(targets, perOf(targets, context), context, classWeights(chosen))
    return {
      compute: (targets, outputs, context) => {
        const { tf } = context
        const given = weightsOf(targets, context)
        const { NONE, SUM_BY_NONZERO_WEIGHTS } = tf.Reduction
        const all = values({ ...context, targets, outputs, reduction: given ? NONE : SUM_BY_NONZERO_WEIGHTS }, chosen)
        if (!given) return all as Scalar
        const each = perOf(targets, context) === 'position' ? tf.reshape(given, all.shape) : given
        return tf.div(tf.sum(tf.mul(all, each)), tf.maximum(sumOver(tf, each, all), SMALLEST)) as Scalar
      },
      mass: (targets, context) => {
        const given = weightsOf(targets, context)
        return given && sumOver(context.tf, given, perOf(targets, context) === 'position' ? given : targets)
      },
    }
  })
}

/** The sum of weights that broadcast to the shape of other values. */
function sumOver(tf: Tf, given: Tensor, values: Tensor): Scalar {
  return tf.sum(given.size === values.size ? given : tf.mul(tf.onesLike(values), given)) as Scalar
}

/** The weights of positions (with a last axis of 1) or values; undefined if they are equal. */
function weigh(targets: Tensor, per: Per, { tf, counts }: LossContext, classes: readonly number[] | null): Tensor | undefined {
  const ofClasses = classes ? tf.tensor1d([...classes]) : undefined
  const byClass = ofClasses && per === 'position' ? tf.sum(tf.mul(targets, ofClasses), -1, true) : ofClasses
  const byCount = counts && per === 'position' ? tf.min(counts, -1, true) : counts
  return byClass && byCount ? tf.mul(byClass, byCount) : (byClass ?? byCount)
}

interface RatioDefinition<O extends OptionTable> extends Omit<Definition<O>, 'on' | 'comparesClasses'> {
  /**
   * One number per class, from the targets and the probabilities that count; the others are 0 in both. Absent classes may be omitted from
   * the mean by a `shares` of 0.
   */
  readonly perClass: (compared: Compared, options: ValuesOf<O>) => { readonly values: Tensor; readonly shares?: Tensor }
}

/** A loss that is a mean over classes, each computed from the batch as a whole. */
export function meanOfClasses<const O extends OptionTable>({ perClass, ...definition }: RatioDefinition<O>) {
  return row({ ...definition, on: 'logits', comparesClasses: true }, true, chosen => {
    const given = classWeights(chosen)
    return {
      compute: (targets, outputs, context) => {
        const { tf } = context
        const { values, shares } = perClass({ ...context, targets, outputs }, chosen)
        const ofClasses = given ? tf.tensor1d([...given]) : undefined
        const all = ofClasses && shares ? tf.mul(ofClasses, shares) : (ofClasses ?? shares)
        if (!all) return tf.mean(values) as Scalar
        return tf.div(tf.sum(tf.mul(values, all)), tf.maximum(tf.sum(all), SMALLEST)) as Scalar
      },
      mass: () => undefined,
    }
  })
}

const classWeights = (chosen: unknown) => (chosen as { readonly weights?: readonly number[] | null }).weights ?? null

function row<O extends OptionTable>(
  { options: table, comparesClasses = false, ...rest }: Definition<O>,
  isOfWholeBatch: boolean,
  formulaOf: (chosen: ValuesOf<O>) => Formula,
) {
  const takes = options(
    { ...table, weight },
    {
      misfit: chosen =>
        classWeights(chosen)?.every(each => each === 0) ? { option: 'weights', allowed: 'weights of which one is above 0' } : undefined,
    },
  )
  // A row that is looked up by a name takes the options of any.
  const create: LossRow['create'] = chosen => {
    const { compute, mass } = formulaOf(chosen)
    return {
      mass,
      compute: (targets, outputs, context) => {
        context.tf.util.assertShapesMatch(targets.shape, outputs.shape, 'The loss compares targets and outputs of one shape. ')
        return compute(targets, outputs, context)
      },
    }
  }
  return { ...rest, comparesClasses, isOfWholeBatch, create, takes } satisfies LossRow
}

/** Probabilities: the outputs if the network ends in some, otherwise by softmax over several classes, by sigmoid of one. */
export function probabilitiesOf({ tf, outputKind, outputs }: Compared, chosen: 'softmax' | 'sigmoid' | null = null): Tensor {
  if (outputKind !== 'linear') return outputs
  return isSoftmax(outputs, outputKind, chosen) ? tf.softmax(outputs) : tf.sigmoid(outputs)
}

/** True if exactly one class is right at each position: its probabilities add up to 1. */
export function isSoftmax(
  { shape }: Pick<Tensor, 'shape'>,
  outputKind: LossContext['outputKind'],
  chosen: 'softmax' | 'sigmoid' | null,
): boolean {
  return (outputKind === 'linear' ? (chosen ?? (shape.at(-1) === 1 ? 'sigmoid' : 'softmax')) : outputKind) === 'softmax'
}
