/** What a loss is: a row of the table, and what a network holds of it. */
import type { Options } from '../../options/index.js'
import type { Scalar, Tensor, Tf } from '../tf-types.js'

/** What a loss knows of the network and the batch. */
export interface LossContext {
  readonly tf: Tf
  /** What the network returns: plain numbers, or probabilities by softmax or sigmoid. */
  readonly outputKind: 'linear' | 'softmax' | 'sigmoid'
  /** 1 where a target counts, 0 where it is ignored; broadcasts to the targets. Undefined if all count. */
  readonly counts?: Tensor | undefined
}

/** How a loss is computed. */
export interface Formula {
  /** Targets and outputs have one shape, the batch first, the classes last. */
  readonly compute: (targets: Tensor, outputs: Tensor, context: LossContext) => Scalar
  /** What the loss, a mean, divides by, up to a constant factor; undefined if that is the number of items. */
  readonly mass: (targets: Tensor, context: LossContext) => Scalar | undefined
}

export interface LossRow {
  readonly summary: string
  /** `logits` if it takes the network's own output, `predictions` if it takes the result of the config's `predictions`. */
  readonly on: 'logits' | 'predictions'
  /** What a config may write of it. */
  readonly takes: Options
  /** True if its targets are classes, by number or encoded. */
  readonly comparesClasses: boolean
  /** True if it is computed from the batch as a whole: it is not the mean of the losses of its parts. */
  readonly isOfWholeBatch: boolean
  readonly create: (options: any) => Formula
}

/** A loss of a network: one of the terms that are added up. */
export interface Loss extends Formula, Pick<LossRow, 'on' | 'comparesClasses' | 'isOfWholeBatch'> {
  readonly name: string
  /** It is multiplied by this before it is added. */
  readonly weight: number
}

/** Added to both sides of ratios, and the smallest number that is divided by. */
export const SMALLEST = 1e-7
