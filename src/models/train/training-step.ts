/**
 * One optimization step as functions of tensors: loss, gradients and fetched values, then the update. No value is read here, so an
 * engine may run these functions or trace them.
 */
import { fail } from '../../errors/index.js'
import type { Tensor, Variable } from '../tf-types.js'
import { gradientNorm, isNorm } from '../training-values.js'
import { clipGradients, normsOf } from './clip-gradients.js'
import { forward, type TensorFeed } from './forward.js'
import { type PartWeights, weighParts } from './masses.js'
import { accumulate, type Microbatch, type StepTensors, splitFeed } from './microbatches.js'
import { type Network, trainedVariables } from './network.js'

/** A step before the update, and what clipping saw: clipped gradients may hide that these are not finite. */
export interface ClippedStep extends StepTensors {
  readonly unclipped: Readonly<Record<string, Tensor>>
  /** The norms that were compared with the limit. */
  readonly norms: Readonly<Record<string, Tensor>>
}

/**
 * Loss, fetched values and gradients of a batch in training mode, of the currently trained variables. Moving averages are
 * updated. The config's `microbatch_size` and `gradient_clipping` apply. Call it within `tf.tidy`.
 *
 * @throws MillraceError `nothing-to-train` if every layer is frozen.
 * @example
 * tf.tidy(() => {
 *   const { loss, gradients } = trainingStep(network, feed, ['predictions'])
 *   for (const gradient of [loss, ...Object.values(gradients)]) gradient.print()
 * })
 */
export function trainingStep(network: Network, feed: TensorFeed, fetches: readonly string[]): ClippedStep {
  const { tf, name, clipping, clock } = network
  const variables = trainedVariables(network)
  if (variables.length === 0) fail('nothing-to-train', { model: name })
  const parts = splitFeed(tf, feed, network.microbatchSize)
  const weights = weighParts(network, parts)
  const inner = fetches.filter(name => !isNorm(name))
  const pass = (part: Microbatch, index: number) => {
    clock.microbatch = index
    return computeGradients(network, part.feed, inner, variables, weights[index])
  }
  const passed = parts.length === 1 ? pass(parts[0]!, 0) : accumulate(tf, parts, pass)
  const values = fetches.map(name =>
    isNorm(name) ? gradientNorm(tf, name, passed.gradients, network.weightPaths) : passed.values[inner.indexOf(name)]!,
  )
  const step = { ...passed, values }
  if (!clipping) return { ...step, unclipped: step.gradients, norms: {} }
  const norms = normsOf(tf, step.gradients, clipping)
  return { ...step, unclipped: step.gradients, norms, gradients: clipGradients(tf, step.gradients, clipping, norms) }
}

/** One pass forward and back. */
function computeGradients(
  network: Network,
  feed: TensorFeed,
  fetches: readonly string[],
  variables: Variable[],
  weights: PartWeights | undefined,
): StepTensors {
  const { tf } = network
  let kept: readonly Tensor[] = []
  const { value: loss, grads } = tf.variableGrads(() => {
    const [loss, ...fetched] = forward(network, feed, ['loss', ...fetches], true, weights)
    // Kept, because tfjs frees what its function does not return.
    kept = fetched.map(tensor => tf.keep(tf.clone(tensor)))
    return loss as never
  }, variables)
  const values = kept.map(tensor => tf.clone(tensor))
  tf.dispose(kept as Tensor[])
  return { loss, values, gradients: Object.fromEntries(Object.entries(grads).filter(([, gradient]) => gradient !== null)) }
}
