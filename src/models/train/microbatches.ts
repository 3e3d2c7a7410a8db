/** A batch in parts: their passes run one after the other and are combined as if they were one. BatchFlow: `microbatch_size`. */
import type { Tensor, Tf } from '../tf-types.js'
import type { TensorFeed } from './forward.js'

/** The values of a step before the update. All are tensors of the caller's scope. */
export interface StepTensors {
  readonly loss: Tensor
  /** The fetched values, of the pass that computed the loss, in the requested order. */
  readonly values: readonly Tensor[]
  /** By variable name, in the order of the layers; variables that the loss does not depend on are omitted. */
  readonly gradients: Readonly<Record<string, Tensor>>
}

/** A part of a batch. */
export interface Microbatch {
  readonly feed: TensorFeed
  /** Its share of the batch's items. */
  readonly share: number
}

/** The batch cut along the first axis into parts of `size` items, the last may be smaller; the batch itself if it is not larger. */
export function splitFeed(tf: Tf, feed: TensorFeed, size: number | undefined): Microbatch[] {
  const items = [...feed.values()][0]!.shape[0]!
  if (size === undefined || items <= size) return [{ feed, share: 1 }]
  return Array.from({ length: Math.ceil(items / size) }, (_, i) => {
    const length = Math.min(size, items - i * size)
    const cut = (tensor: Tensor) => tf.slice(tensor, [i * size], [length])
    return { feed: new Map([...feed].map(([name, tensor]) => [name, cut(tensor)])), share: length / items }
  })
}

/**
 * Loss and gradients are means weighted by items; so are fetched scalars; other values are concatenated along the first axis. The
 * intermediate results of a part are freed before the next one, and gradients are summed as they come.
 */
export function accumulate(tf: Tf, parts: readonly Microbatch[], pass: (part: Microbatch, index: number) => StepTensors): StepTensors {
  const values: Tensor[][] = []
  let sums: { loss: Tensor; gradients: Record<string, Tensor> } | undefined
  for (const [index, part] of parts.entries()) {
    const before = sums
    const done = tf.tidy(() => {
      const { loss, values, gradients } = pass(part, index)
      const add = (value: Tensor, sum: Tensor | undefined): Tensor => {
        const weighed = tf.mul(value, part.share)
        return sum ? tf.add(sum, weighed) : weighed
      }
      const added = Object.entries(gradients).map(([name, gradient]) => [name, add(gradient, before?.gradients[name])] as const)
      return {
        sums: { loss: add(loss, before?.loss), gradients: Object.fromEntries(added) },
        values: values.map(value => (value.rank === 0 ? tf.mul(value, part.share) : value)),
      }
    })
    if (before) tf.dispose(before)
    sums = done.sums
    values.push(done.values)
  }
  const joined = values[0]!.map((first, i) => {
    const all = values.map(part => part[i]!)
    return first.rank === 0 ? tf.addN(all) : tf.concat(all, 0)
  })
  return { ...sums!, values: joined }
}
