/** What is fed as targets, as losses compare it: classes encoded, and which positions count. */
import type { InputSpec } from '../config/inputs.js'
import type { Tensor, Tf } from '../tf-types.js'

/** The class number of what is ignored: it is encoded as no class. */
export const IGNORED = -1

export interface Target {
  /** Classes as one-hot vectors along the last axis, or the numbers themselves. */
  readonly values: Tensor
  /** 1 where a target counts, 0 where it is ignored; undefined if all count. */
  readonly counts: Tensor | undefined
}

/** True if fed values of this rank, the batch included, are class numbers: encoded ones have an axis more. */
export function areNumbers({ classes, shape, isEncoded }: InputSpec, rank: number): boolean {
  return classes !== undefined && !isEncoded && rank === shape.length
}

/** Class numbers become one-hot vectors; other targets stay, with 0 in place of what is ignored. */
export function encodeTarget(tf: Tf, fed: Tensor, spec: InputSpec): Target {
  const { classes, ignore } = spec
  if (areNumbers(spec, fed.rank)) {
    const encoded = tf.cast(tf.oneHot(tf.cast(fed, 'int32') as never, classes!.length), 'float32')
    return { values: encoded, counts: countClasses(tf, fed, spec) }
  }
  if (typeof ignore !== 'number' || classes) return { values: fed, counts: undefined }
  const counts = tf.cast(tf.notEqual(fed, ignore), 'float32')
  return { values: tf.mul(fed, counts), counts }
}

/** The share of positions whose largest output is that of their class. */
export function accuracyOf(tf: Tf, outputs: Tensor, fed: Tensor, spec: InputSpec): Tensor {
  const isNumbers = areNumbers(spec, fed.rank)
  const known = isNumbers ? tf.cast(fed, 'int32') : tf.argMax(fed, -1)
  const right = tf.cast(tf.equal(tf.argMax(outputs, -1), known), 'float32')
  const counts = isNumbers ? countClasses(tf, fed, spec) : undefined
  if (!counts) return tf.mean(right)
  // No output is that of an ignored position.
  return tf.div(tf.sum(right), tf.maximum(tf.sum(counts), 1))
}

/** Which class numbers count, with an axis for the classes. */
function countClasses(tf: Tf, fed: Tensor, { ignore }: InputSpec): Tensor | undefined {
  return ignore === undefined ? undefined : tf.expandDims(tf.cast(tf.notEqual(fed, IGNORED), 'float32'), -1)
}
